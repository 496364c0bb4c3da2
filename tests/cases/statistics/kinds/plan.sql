SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP STATISTICS public.s;
CREATE STATISTICS public.s (ndistinct, dependencies) ON a, b FROM public.t;
COMMIT;
