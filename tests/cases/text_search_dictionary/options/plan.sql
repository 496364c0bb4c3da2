SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TEXT SEARCH DICTIONARY public.d (accept = 'false');
COMMIT;
