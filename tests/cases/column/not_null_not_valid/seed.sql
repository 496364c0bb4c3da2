INSERT INTO notes (id, validated, spared, stays) VALUES (1, 'a', 'b', 'c');
