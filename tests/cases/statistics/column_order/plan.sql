SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.t ADD COLUMN a integer;
CREATE STATISTICS public.s (ndistinct) ON a, b FROM public.t;
COMMIT;
