SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ALTER COLUMN at DROP DEFAULT;
ALTER TABLE public.a ALTER COLUMN status SET DEFAULT 'open'::text;
ALTER TABLE public.a ALTER COLUMN n SET DEFAULT 42;
COMMIT;
