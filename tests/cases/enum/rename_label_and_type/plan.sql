SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.mood RENAME TO feeling;
ALTER TYPE public.feeling RENAME VALUE 'sad' TO 'blue';
COMMIT;
