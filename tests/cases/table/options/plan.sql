SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a SET (fillfactor='80', autovacuum_enabled='false');
ALTER TABLE public.a REPLICA IDENTITY FULL;
ALTER TABLE public.a RESET (toast.autovacuum_enabled);
ALTER TABLE public.b SET LOGGED;
COMMIT;
