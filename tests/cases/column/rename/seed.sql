INSERT INTO feedback VALUES (1, 'x');
