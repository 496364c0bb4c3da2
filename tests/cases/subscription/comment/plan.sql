SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SUBSCRIPTION sub SET PUBLICATION p, q WITH (refresh = false);
COMMENT ON SUBSCRIPTION sub IS NULL;
COMMIT;
