SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER OPERATOR public.=== (text, text) SET (commutator = OPERATOR(public.===));
CREATE OPERATOR public.~== (function = public.alike, leftarg = text, rightarg = text);
COMMIT;
