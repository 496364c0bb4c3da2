SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER PUBLICATION p ADD TABLE ONLY public.u;
COMMIT;
