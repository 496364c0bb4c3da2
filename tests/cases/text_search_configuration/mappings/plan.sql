SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR asciiword WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR word WITH simple;
COMMIT;
