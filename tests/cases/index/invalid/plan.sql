SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP INDEX public.a_id;
CREATE UNIQUE INDEX a_id ON public.a USING btree (id);
COMMIT;
