-- What CREATE INDEX CONCURRENTLY leaves when it fails.
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'agents_name_idx'::regclass;
