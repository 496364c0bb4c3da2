INSERT INTO old.orders (state) VALUES ('open'), ('closed');
