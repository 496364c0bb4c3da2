SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP PROCEDURE public.split(IN integer, IN integer, IN integer);
REVOKE EXECUTE ON PROCEDURE public.split(IN integer, IN integer) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE public.split(IN integer, IN integer) TO app_reader;
COMMENT ON PROCEDURE public.split(IN integer, IN integer) IS 'gives the sum of both';
COMMIT;
