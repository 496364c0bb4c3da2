SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ALTER COLUMN doubled SET EXPRESSION AS ((x * 3));
ALTER TABLE public.a ALTER COLUMN plain DROP EXPRESSION;
COMMIT;
