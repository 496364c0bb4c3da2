SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP INDEX public.mv_one;
ALTER MATERIALIZED VIEW public.mv SET (fillfactor='80');
COMMIT;
