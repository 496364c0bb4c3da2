SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.ours_handler()
 RETURNS language_handler
LANGUAGE c
AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE ours HANDLER public.ours_handler;
CREATE FUNCTION public.one()
 RETURNS integer
LANGUAGE ours
AS $$begin return 1; end$$;
CREATE FUNCTION public.ours_validator(oid)
 RETURNS void
LANGUAGE c
 STRICT
AS '$libdir/plpgsql', 'plpgsql_validator';
REVOKE USAGE ON LANGUAGE ours FROM PUBLIC;
COMMENT ON LANGUAGE ours IS 'our own';
COMMIT;
