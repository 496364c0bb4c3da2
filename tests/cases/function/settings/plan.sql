SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OR REPLACE FUNCTION public.f()
 RETURNS integer
LANGUAGE sql
 SECURITY DEFINER
 PARALLEL SAFE
 COST 7
 SET search_path TO ''
 SET statement_timeout TO '5s'
AS $$select 1$$;
COMMIT;
