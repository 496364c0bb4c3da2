SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP OPERATOR FAMILY public.numbers USING btree;
COMMIT;
