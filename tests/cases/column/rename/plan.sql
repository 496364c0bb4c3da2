SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.feedback RENAME COLUMN comment TO notes;
COMMIT;
