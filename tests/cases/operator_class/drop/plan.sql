SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP OPERATOR CLASS public.amount_ops USING btree;
DROP OPERATOR FAMILY public.amount_ops USING btree;
COMMIT;
