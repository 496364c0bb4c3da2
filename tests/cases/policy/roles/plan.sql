SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER POLICY p ON public.a TO app_reader, app_writer;
COMMIT;
