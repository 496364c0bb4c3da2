SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OPERATOR FAMILY public.numbers USING btree;
ALTER OPERATOR FAMILY public.numbers USING btree ADD
    OPERATOR 1 public.<(public.amount,integer);
COMMENT ON OPERATOR FAMILY public.numbers USING btree IS 'all numbers';
COMMIT;
