SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER PUBLICATION p DROP TABLES IN SCHEMA public;
ALTER PUBLICATION p ADD TABLE ONLY public.t;
COMMIT;
