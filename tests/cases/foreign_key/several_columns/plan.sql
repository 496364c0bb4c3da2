SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (tenant, a_id) REFERENCES public.a(tenant, id) MATCH FULL ON DELETE SET NULL (a_id);
COMMIT;
