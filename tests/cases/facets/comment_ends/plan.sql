SET check_function_bodies = off;
SET search_path = '';
BEGIN;
COMMENT ON TABLE public.a IS 'Ends in a space ';
COMMENT ON COLUMN public.a.id IS 'Ends in a line end
';
COMMIT;
