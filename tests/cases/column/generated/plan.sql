SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP INDEX public.idx_a_doubled;
ALTER TABLE public.a DROP COLUMN doubled;
ALTER TABLE public.a ADD COLUMN doubled integer GENERATED ALWAYS AS ((x * 3)) STORED;
ALTER TABLE public.a ALTER COLUMN plain DROP EXPRESSION;
CREATE INDEX idx_a_doubled ON public.a USING btree (doubled);
COMMIT;
