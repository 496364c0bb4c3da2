INSERT INTO a SELECT i, i::text FROM generate_series(1, 19) i;
