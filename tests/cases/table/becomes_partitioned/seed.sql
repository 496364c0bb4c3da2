INSERT INTO customers VALUES (1);
INSERT INTO orders (customer, day, net) VALUES (1, '2023-05-05', 1), (1, '2024-05-05', 2), (1, '2024-05-05', 3);
UPDATE orders SET note = 'kept' WHERE net = 3;
INSERT INTO items SELECT id, day FROM orders;
