INSERT INTO a VALUES (1, 'x'), (2, 'y');
INSERT INTO loose VALUES (50, 'z');
