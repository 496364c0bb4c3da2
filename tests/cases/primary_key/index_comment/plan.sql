SET check_function_bodies = off;
SET search_path = '';
BEGIN;
COMMENT ON INDEX public.t_pkey IS NULL;
COMMENT ON INDEX public.t_name_key IS 'the search''s';
COMMENT ON CONSTRAINT t_pkey ON public.t IS NULL;
COMMIT;
