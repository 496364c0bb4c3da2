SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OPERATOR public.=== (function = public.alike, leftarg = text, rightarg = text, restrict = public.often, join = eqjoinsel);
COMMIT;
