SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.amount RENAME TO money2;
COMMIT;
