INSERT INTO runs VALUES (1, 2.5), (1, 1), (2, 4);
