SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER DOMAIN public.a SET NOT NULL;
COMMIT;
