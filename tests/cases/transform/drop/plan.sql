SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TRANSFORM FOR public.amount LANGUAGE ours;
COMMIT;
