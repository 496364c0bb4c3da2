SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TABLE old.t;
DROP SCHEMA old;
CREATE SCHEMA app;
CREATE TABLE app.t (
    id integer
);
GRANT USAGE ON SCHEMA app TO app_reader;
COMMENT ON SCHEMA app IS 'The application';
COMMIT;
