SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OPERATOR FAMILY public.amount_ops USING btree;
CREATE OPERATOR CLASS public.amount_ops DEFAULT FOR TYPE public.amount USING btree FAMILY public.amount_ops AS
    OPERATOR 1 public.<(public.amount,public.amount),
    OPERATOR 3 public.=(public.amount,public.amount),
    OPERATOR 5 public.>(public.amount,public.amount),
    FUNCTION 1 (public.amount, public.amount) public.amount_cmp(public.amount,public.amount);
COMMENT ON OPERATOR CLASS public.amount_ops USING btree IS 'by size';
COMMIT;
