SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TYPE public.later;
COMMIT;
