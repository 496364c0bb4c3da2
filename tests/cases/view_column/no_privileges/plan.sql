SET check_function_bodies = off;
SET search_path = '';
BEGIN;
REVOKE SELECT (b) ON TABLE public.v FROM app_reader;
CREATE VIEW public.w (a) AS
 SELECT 1 AS a;
COMMIT;
