SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.f()
 RETURNS language_handler
LANGUAGE c
 COST 7
AS '$libdir/plpgsql', 'plpgsql_call_handler';
COMMIT;
