SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE EXTENSION hstore SCHEMA public;
COMMIT;
