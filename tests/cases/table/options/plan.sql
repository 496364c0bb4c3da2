SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a SET (autovacuum_enabled='false', fillfactor='80');
ALTER TABLE public.a RESET (toast.autovacuum_enabled);
ALTER TABLE public.a REPLICA IDENTITY FULL;
ALTER TABLE public.b SET LOGGED;
COMMIT;
