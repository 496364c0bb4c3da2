SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.mood RENAME VALUE 'sad' TO 'blue';
ALTER TYPE public.mood ADD VALUE 'ecstatic';
COMMIT;
