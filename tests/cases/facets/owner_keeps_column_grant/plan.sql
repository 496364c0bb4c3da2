SET check_function_bodies = off;
SET search_path = '';
BEGIN;
REVOKE ALL ON TABLE public.t FROM app_writer;
GRANT SELECT ON TABLE public.t TO app_writer;
GRANT INSERT (a), SELECT (a) ON TABLE public.t TO app_writer;
COMMIT;
