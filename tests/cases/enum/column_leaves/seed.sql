INSERT INTO a VALUES (1, 'active', 'gone', '{gone}');
