SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.address RENAME TO address__old;
CREATE TYPE public.address AS (street character varying(40), number bigint);
ALTER TABLE public.a ALTER COLUMN all_homes TYPE public.address[] USING all_homes::text[]::public.address[];
ALTER TABLE public.a ALTER COLUMN home TYPE public.address USING home::text::public.address;
DROP TYPE public.address__old;
COMMIT;
