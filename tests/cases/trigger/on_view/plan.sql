SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TRIGGER v_insert INSTEAD OF INSERT ON public.v FOR EACH ROW EXECUTE FUNCTION public.touch();
COMMIT;
