SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.id > 1)) EXECUTE FUNCTION public.touch();
COMMIT;
