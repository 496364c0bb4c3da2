SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP CONSTRAINT a_slug_key;
ALTER TABLE public.a ADD CONSTRAINT a_slug_key UNIQUE NULLS NOT DISTINCT (slug);
COMMIT;
