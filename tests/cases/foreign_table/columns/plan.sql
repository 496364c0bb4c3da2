SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.ft DROP COLUMN gone;
ALTER TABLE public.ft ALTER COLUMN id TYPE bigint;
ALTER TABLE public.ft ADD COLUMN fresh text;
COMMIT;
