SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TEXT SEARCH PARSER public.plain;
COMMIT;
