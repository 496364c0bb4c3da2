INSERT INTO shirts VALUES ('m');
