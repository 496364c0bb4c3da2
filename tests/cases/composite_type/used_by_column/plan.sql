SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.address ADD ATTRIBUTE city text;
COMMIT;
