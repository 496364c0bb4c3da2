INSERT INTO orders (note) VALUES ('first'), ('second');
INSERT INTO gone DEFAULT VALUES;
