SET check_function_bodies = off;
SET search_path = '';
BEGIN;
COMMENT ON COLUMN public.v.a IS 'Two';
COMMENT ON COLUMN public.v.b IS 'New';
COMMIT;
