SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ADD CONSTRAINT a_key PRIMARY KEY (id);
COMMIT;
