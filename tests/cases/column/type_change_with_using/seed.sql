INSERT INTO orders VALUES ('1', '10.50', '2024-01-01'), ('2', '3', NULL);
