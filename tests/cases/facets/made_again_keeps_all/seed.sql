INSERT INTO a VALUES ('good', 'x', 1);
