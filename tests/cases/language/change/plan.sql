SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OR REPLACE TRUSTED LANGUAGE ours HANDLER public.ours_handler VALIDATOR public.ours_validator;
REVOKE USAGE ON LANGUAGE ours FROM PUBLIC;
GRANT USAGE ON LANGUAGE ours TO plain;
COMMIT;
