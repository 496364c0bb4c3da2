INSERT INTO a (other) VALUES (1), (2);
INSERT INTO b VALUES (1, 'x');
