SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP FUNCTION public.f(public.address);
DROP TYPE public.unused;
ALTER TYPE public.address DROP ATTRIBUTE gone, ALTER ATTRIBUTE street TYPE character varying(80), ADD ATTRIBUTE city text;
CREATE TYPE public.fresh AS ("Mixed Name" numeric(3,2));
CREATE FUNCTION public.f(a public.address)
 RETURNS text
LANGUAGE sql
AS $$select a.street$$;
COMMENT ON TYPE public.address IS 'Where somebody lives';
COMMIT;
