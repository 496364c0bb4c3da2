SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ALTER COLUMN id TYPE bigint;
CREATE OR REPLACE FUNCTION public.f()
 RETURNS bigint
LANGUAGE sql
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM public.a
   WHERE (a.id > 1);
END;
CREATE FUNCTION public.g()
 RETURNS bigint
LANGUAGE sql
RETURN (public.f() + 1);
COMMIT;
