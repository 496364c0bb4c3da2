SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.b DROP CONSTRAINT b_a_fkey;
ALTER TABLE public.a DROP CONSTRAINT a_pkey;
ALTER TABLE public.a ADD CONSTRAINT a_key PRIMARY KEY (id);
ALTER TABLE public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a_id) REFERENCES public.a(id);
COMMIT;
