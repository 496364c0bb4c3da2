SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OR REPLACE TRUSTED LANGUAGE ours HANDLER public.ours_handler;
COMMIT;
