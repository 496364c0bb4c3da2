SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v;
ALTER TYPE public.mood RENAME TO mood__old;
CREATE TYPE public.mood AS ENUM ('good', 'bad');
ALTER TABLE public.a ALTER COLUMN m TYPE public.mood USING m::text::public.mood;
DROP TYPE public.mood__old;
ALTER DOMAIN public.code RENAME TO code__old;
CREATE DOMAIN public.code AS character varying(8);
ALTER TABLE public.a ALTER COLUMN c TYPE public.code;
DROP DOMAIN public.code__old;
ALTER TABLE public.a ALTER COLUMN n TYPE bigint;
CREATE VIEW public.v (n) AS
 SELECT n
   FROM public.a;
ALTER TYPE public.mood OWNER TO app_owner;
ALTER DOMAIN public.code OWNER TO app_owner;
ALTER VIEW public.v OWNER TO app_owner;
REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
GRANT USAGE ON TYPE public.mood TO app_reader;
REVOKE USAGE ON TYPE public.code FROM PUBLIC;
GRANT USAGE ON TYPE public.code TO app_reader;
GRANT SELECT ON TABLE public.v TO app_reader;
COMMENT ON TYPE public.mood IS 'How it is';
COMMENT ON DOMAIN public.code IS 'A code';
COMMENT ON VIEW public.v IS 'Seen';
COMMIT;
