SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.label SET (receive = none, send = public.label_send, storage = main);
ALTER TABLE public.things ALTER COLUMN name SET STORAGE main;
REVOKE USAGE ON TYPE public.label FROM PUBLIC;
COMMENT ON TYPE public.label IS 'The label';
COMMIT;
