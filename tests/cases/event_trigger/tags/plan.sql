SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP EVENT TRIGGER on_ddl;
CREATE EVENT TRIGGER on_ddl ON ddl_command_end WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION public.note_ddl();
ALTER EVENT TRIGGER on_ddl DISABLE;
COMMIT;
