SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TRIGGER a_gone ON public.a;
DROP TRIGGER a_touch ON public.a;
CREATE TRIGGER a_rows AFTER UPDATE ON public.a REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.touch();
CREATE TRIGGER a_touch BEFORE INSERT OR UPDATE OF name ON public.a FOR EACH ROW EXECUTE FUNCTION public.touch();
COMMIT;
