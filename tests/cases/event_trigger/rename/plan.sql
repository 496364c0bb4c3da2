SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER EVENT TRIGGER watch RENAME TO look;
ALTER FUNCTION public.seen() RENAME TO noted;
COMMIT;
