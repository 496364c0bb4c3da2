SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER PUBLICATION gone DROP TABLE ONLY public.t;
DROP PUBLICATION gone;
CREATE PUBLICATION fresh;
ALTER PUBLICATION p SET (publish = 'insert', publish_via_partition_root = false);
ALTER PUBLICATION fresh ADD TABLE ONLY public.t;
COMMIT;
