SET check_function_bodies = off;
SET search_path = '';
BEGIN;
REVOKE INSERT, SELECT ON TABLE public.a FROM app_reader;
REVOKE ALL ON TABLE public.a FROM app_writer;
GRANT SELECT ON TABLE public.a TO app_writer;
GRANT SELECT (open) ON TABLE public.a TO app_reader;
GRANT SELECT (open) ON TABLE public.a TO app_writer;
COMMIT;
