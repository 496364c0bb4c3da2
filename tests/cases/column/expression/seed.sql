INSERT INTO prices (net) VALUES (1);
