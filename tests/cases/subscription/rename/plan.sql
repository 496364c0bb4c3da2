SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SUBSCRIPTION sub RENAME TO follows;
COMMIT;
