SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.next_code(n integer, prefix text)
 RETURNS text
LANGUAGE sql
 IMMUTABLE
AS $$select prefix || n$$;
ALTER TABLE public.a ALTER COLUMN code SET DEFAULT public.next_code(1, 'd'::text);
DROP FUNCTION public.next_code(integer);
COMMIT;
