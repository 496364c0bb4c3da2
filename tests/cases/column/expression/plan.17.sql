SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.prices ALTER COLUMN gross SET EXPRESSION AS ((net * 1.2));
COMMIT;
