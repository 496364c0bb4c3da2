INSERT INTO agents VALUES (1, 'a', 'n');
