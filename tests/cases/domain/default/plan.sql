SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP DOMAIN public.gone;
CREATE DOMAIN public.fresh AS character varying(10) COLLATE pg_catalog."C" CONSTRAINT fresh_check CHECK (((VALUE)::text <> ''::text));
ALTER DOMAIN public.score SET DEFAULT 1;
ALTER DOMAIN public.score DROP NOT NULL;
CREATE TABLE public.a (
    x public.fresh
);
COMMIT;
