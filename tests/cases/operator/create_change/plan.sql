SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP OPERATOR public.=== (text, text);
CREATE OPERATOR public.=== (function = public.alike, leftarg = text, rightarg = text, commutator = OPERATOR(public.===));
CREATE OPERATOR public.~== (function = public.alike, leftarg = text, rightarg = text);
COMMIT;
