INSERT INTO a VALUES (1, 'x', '{y}', '2.5');
