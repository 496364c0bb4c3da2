SET check_function_bodies = off;
SET search_path = '';
BEGIN;
COMMENT ON COLUMN public.c.x IS NULL;
COMMENT ON COLUMN public.c.y IS 'New';
COMMIT;
