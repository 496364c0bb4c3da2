INSERT INTO events_2023 VALUES (1, '2023-05-05', 'a');
INSERT INTO events_new VALUES (1, '2024-05-05', 'a');
