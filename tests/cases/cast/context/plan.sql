SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP CAST (text AS public.color);
CREATE CAST (text AS public.color) WITH FUNCTION public.to_color(text) AS ASSIGNMENT;
COMMIT;
