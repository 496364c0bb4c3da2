SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP FUNCTION public.one();
DROP FUNCTION public.ours_validator(oid);
DROP LANGUAGE ours;
DROP FUNCTION public.ours_handler();
COMMIT;
