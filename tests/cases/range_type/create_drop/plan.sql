SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TYPE public.gone;
CREATE TYPE public.fresh AS RANGE (subtype = double precision, subtype_diff = float8mi);
COMMIT;
