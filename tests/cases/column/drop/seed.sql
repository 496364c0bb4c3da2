INSERT INTO agents (id, name, note) VALUES (1, 'a', 'n'), (2, 'b', 'n');
