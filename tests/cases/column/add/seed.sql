INSERT INTO agents SELECT generate_series(1, 3);
