SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER MATERIALIZED VIEW public.mv SET (fillfactor='80');
COMMIT;
