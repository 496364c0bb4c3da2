SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP EXTENSION citext;
CREATE SCHEMA extensions;
CREATE EXTENSION pgcrypto SCHEMA extensions;
ALTER TABLE public.a ADD COLUMN digest bytea DEFAULT extensions.digest('x'::text, 'sha256'::text);
COMMIT;
