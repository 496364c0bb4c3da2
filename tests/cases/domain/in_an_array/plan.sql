SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER DOMAIN public.n RENAME TO n__old;
CREATE DOMAIN public.n AS integer NOT NULL CONSTRAINT n_small CHECK ((VALUE < 100));
ALTER TABLE public.t ALTER COLUMN n TYPE public.n;
ALTER TABLE public.t ALTER COLUMN ns TYPE public.n[];
DROP DOMAIN public.n__old;
COMMIT;
