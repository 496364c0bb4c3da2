SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE CONVERSION public.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMIT;
