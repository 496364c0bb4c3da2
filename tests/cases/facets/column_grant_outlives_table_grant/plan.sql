SET check_function_bodies = off;
SET search_path = '';
BEGIN;
REVOKE INSERT, SELECT ON TABLE public.a FROM app_reader;
GRANT SELECT (open) ON TABLE public.a TO app_reader;
COMMIT;
