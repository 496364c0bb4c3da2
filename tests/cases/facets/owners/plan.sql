SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.c (
    id integer
);
ALTER TYPE public.e OWNER TO app_writer;
ALTER FUNCTION public.f() OWNER TO app_writer;
ALTER TABLE public.a OWNER TO app_writer;
ALTER TABLE public.b OWNER TO app_owner;
ALTER TABLE public.c OWNER TO app_owner;
ALTER VIEW public.v OWNER TO app_writer;
GRANT SELECT ON TABLE public.c TO app_reader;
COMMIT;
