INSERT INTO a VALUES (1, 'good', '{good,bad}'), (2, 'bad', NULL), (3, NULL, '{}');
