SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER DOMAIN public.a ADD CONSTRAINT a_there NOT NULL;
ALTER DOMAIN public.b RENAME CONSTRAINT b_there TO b_not_null;
COMMIT;
