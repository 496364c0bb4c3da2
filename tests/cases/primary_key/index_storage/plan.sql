SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER INDEX public.a_pkey SET (fillfactor='80');
ALTER INDEX public.a_x RESET (fillfactor);
COMMIT;
