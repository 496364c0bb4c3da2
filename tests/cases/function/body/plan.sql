SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP FUNCTION public.gone();
CREATE OR REPLACE FUNCTION public.f(n integer)
 RETURNS integer
LANGUAGE sql
 STABLE
 STRICT
AS $$select n * 3$$;
CREATE FUNCTION public.fresh(a integer, b text DEFAULT 'x'::text)
 RETURNS TABLE(x integer, y text)
LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$begin
  return query select a, b;
end
$$;
COMMENT ON FUNCTION public.fresh(integer, text) IS 'A new one';
COMMIT;
