INSERT INTO a VALUES (1, '{y}', '{z}');
