-- As CREATE INDEX CONCURRENTLY leaves it when it fails.
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_id'::regclass;
INSERT INTO a VALUES (1, 'x');
