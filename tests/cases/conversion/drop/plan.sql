SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP CONVERSION public.latin;
COMMIT;
