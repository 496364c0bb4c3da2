INSERT INTO t VALUES ('abcdef');
