SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP ACCESS METHOD heap2;
COMMIT;
