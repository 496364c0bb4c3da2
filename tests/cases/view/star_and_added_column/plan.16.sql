SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ADD COLUMN name text;
CREATE OR REPLACE VIEW public.v (id, name) AS
 SELECT id,
    name
   FROM public.a;
COMMIT;
