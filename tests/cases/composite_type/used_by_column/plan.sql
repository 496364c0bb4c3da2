SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP COLUMN home;
DROP TYPE public.address;
CREATE TYPE public.address AS (street text, city text);
ALTER TABLE public.a ADD COLUMN home public.address;
COMMIT;
