SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.t SET (autovacuum_enabled='false');
ALTER VIEW public.v SET (security_barrier='true');
COMMIT;
