INSERT INTO a VALUES (1, 'x', '{a}');
