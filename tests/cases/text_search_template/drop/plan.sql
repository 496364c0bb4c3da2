SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TEXT SEARCH TEMPLATE public.plain;
COMMIT;
