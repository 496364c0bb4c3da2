SET check_function_bodies = off;
SET search_path = '';
BEGIN;
COMMENT ON TYPE public.later IS 'still to come';
COMMIT;
