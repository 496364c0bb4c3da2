SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SCHEMA app OWNER TO app_writer;
GRANT CREATE ON SCHEMA app TO app_reader;
GRANT USAGE ON SCHEMA app TO PUBLIC;
COMMENT ON SCHEMA app IS NULL;
COMMIT;
