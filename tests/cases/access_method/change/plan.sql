SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP ACCESS METHOD heap2;
CREATE FUNCTION public.our_handler(internal)
 RETURNS table_am_handler
LANGUAGE internal
AS $$heap_tableam_handler$$;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER public.our_handler;
COMMENT ON ACCESS METHOD heap2 IS 'a second heap';
COMMIT;
