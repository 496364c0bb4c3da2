SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.base ALTER COLUMN id TYPE bigint;
ALTER TABLE public.base ADD COLUMN name text;
ALTER TABLE public.child ALTER COLUMN extra TYPE character varying(20);
COMMIT;
