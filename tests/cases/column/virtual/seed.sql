INSERT INTO prices (net) VALUES (1); INSERT INTO guarded (a) VALUES (1);
