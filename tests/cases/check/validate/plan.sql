SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a VALIDATE CONSTRAINT small;
COMMIT;
