INSERT INTO events VALUES (1, 'a', '1'), (2, 'b', '2'), (3, 'c', '3'), (4, 'a', '4'), (5, 'c', '5');
