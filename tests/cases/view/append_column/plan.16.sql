SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OR REPLACE VIEW public.v (id, name) AS
 SELECT id,
    name
   FROM public.a;
COMMIT;
