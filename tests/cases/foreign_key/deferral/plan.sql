SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.agents ALTER CONSTRAINT agents_a_fkey DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE public.agents ALTER CONSTRAINT agents_b_fkey NOT DEFERRABLE;
ALTER TABLE public.agents ALTER CONSTRAINT agents_c_fkey DEFERRABLE INITIALLY DEFERRED;
COMMIT;
