SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD heap2 IS 'a second heap';
COMMIT;
