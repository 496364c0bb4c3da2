SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP FUNCTION public.f(integer);
DROP FUNCTION public.g(integer);
CREATE FUNCTION public.f(n bigint, VARIADIC rest text[])
 RETURNS bigint
LANGUAGE sql
AS $$select n$$;
CREATE FUNCTION public.g(renamed integer, OUT total integer)
 RETURNS integer
LANGUAGE sql
AS $$select renamed$$;
COMMIT;
