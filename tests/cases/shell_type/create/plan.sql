SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.later;
COMMENT ON TYPE public.later IS 'to come';
COMMIT;
