SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP INDEX public.agents_name_idx;
CREATE UNIQUE INDEX agents_name_idx ON public.agents USING btree (name);
COMMIT;
