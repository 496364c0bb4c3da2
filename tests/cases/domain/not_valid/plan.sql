SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER DOMAIN public.code VALIDATE CONSTRAINT code_long;
ALTER DOMAIN public.code ADD CONSTRAINT code_short CHECK ((length(VALUE) < 100)) NOT VALID;
COMMENT ON CONSTRAINT code_long ON DOMAIN public.code IS 'Always';
COMMENT ON CONSTRAINT code_short ON DOMAIN public.code IS 'Not too long';
COMMIT;
