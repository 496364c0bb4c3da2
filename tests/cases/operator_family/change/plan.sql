SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER OPERATOR FAMILY public.numbers USING btree ADD FUNCTION 1 (public.amount, integer) public.amount_cmp_int(public.amount,integer);
COMMENT ON OPERATOR FAMILY public.numbers USING btree IS 'all of them';
COMMIT;
