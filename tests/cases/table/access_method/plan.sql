SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a SET ACCESS METHOD heap2;
ALTER TABLE public.b SET ACCESS METHOD heap;
COMMIT;
