SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE CAST (public.amount AS integer) WITHOUT FUNCTION AS ASSIGNMENT;
COMMIT;
