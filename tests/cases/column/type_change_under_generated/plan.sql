SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP COLUMN twice;
ALTER TABLE public.a ALTER COLUMN x TYPE bigint;
ALTER TABLE public.a ADD COLUMN twice bigint GENERATED ALWAYS AS ((x * 2)) STORED;
COMMIT;
