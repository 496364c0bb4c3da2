SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER EXTENSION citext SET SCHEMA extensions;
ALTER TABLE public.a ALTER COLUMN name TYPE extensions.citext USING name::text::extensions.citext;
COMMIT;
