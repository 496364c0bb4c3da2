SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER FOREIGN DATA WRAPPER w OPTIONS (SET debug 'false');
COMMIT;
