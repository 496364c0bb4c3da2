INSERT INTO a (x) VALUES ('x'), ('y');
