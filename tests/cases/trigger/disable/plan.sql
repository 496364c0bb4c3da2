SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DISABLE TRIGGER one;
ALTER TABLE public.a ENABLE ALWAYS TRIGGER three;
ALTER TABLE public.a ENABLE TRIGGER two;
COMMIT;
