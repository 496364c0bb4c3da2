INSERT INTO t VALUES ('x', 'y', 'y', '{x,y}');
