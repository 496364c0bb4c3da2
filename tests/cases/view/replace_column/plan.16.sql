SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.gone;
DROP VIEW public.w;
DROP VIEW public.v;
CREATE VIEW public.fresh (two) AS
 SELECT 2 AS two;
CREATE VIEW public.v (title, id) AS
 SELECT name AS title,
    id
   FROM public.a;
CREATE VIEW public.w (id) AS
 SELECT id
   FROM public.v;
GRANT SELECT ON TABLE public.v TO app_reader;
COMMENT ON VIEW public.v IS 'All of a';
COMMIT;
