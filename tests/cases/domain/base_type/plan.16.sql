SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v;
ALTER TABLE public.a ALTER COLUMN x DROP DEFAULT;
ALTER DOMAIN public.amount RENAME TO amount__old;
CREATE DOMAIN public.amount AS numeric CONSTRAINT amount_check CHECK ((VALUE >= (0)::numeric));
ALTER TABLE public.a ALTER COLUMN x TYPE public.amount USING x::public.amount;
DROP DOMAIN public.amount__old;
ALTER DOMAIN public.code RENAME TO code__old;
CREATE DOMAIN public.code AS character varying(8);
ALTER TABLE public.a ALTER COLUMN c TYPE public.code;
ALTER TABLE public.a ALTER COLUMN list TYPE public.code[];
DROP DOMAIN public.code__old;
ALTER TABLE public.a ALTER COLUMN x SET DEFAULT 1;
CREATE VIEW public.v (c) AS
 SELECT c
   FROM public.a;
COMMIT;
