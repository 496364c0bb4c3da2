SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TRIGGER t ON public.a;
ALTER TABLE public.a ALTER COLUMN name TYPE character varying(10);
CREATE TRIGGER t BEFORE UPDATE ON public.a FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) AND ((old.name)::text = 'a'::text))) EXECUTE FUNCTION public.touch();
COMMIT;
