SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v;
ALTER TABLE public.a DROP CONSTRAINT a_f_check;
DROP FUNCTION public.f(integer);
CREATE FUNCTION public.f(n integer)
 RETURNS bigint
LANGUAGE sql
 IMMUTABLE
AS $$select n * 2::bigint$$;
ALTER TABLE public.a ADD CONSTRAINT a_f_check CHECK ((public.f(id) IS NOT NULL));
CREATE VIEW public.v (x) AS
 SELECT public.f(id) AS x
   FROM public.a;
COMMIT;
