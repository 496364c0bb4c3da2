SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER DOMAIN public.email DROP CONSTRAINT at_sign;
ALTER DOMAIN public.email DROP CONSTRAINT gone;
ALTER DOMAIN public.email ADD CONSTRAINT at_sign CHECK ((VALUE ~~ '%_@_%'::text));
ALTER DOMAIN public.email ADD CONSTRAINT short CHECK ((length(VALUE) < 200));
COMMENT ON DOMAIN public.email IS 'Of the form a@b';
COMMIT;
