SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.place;
CREATE FUNCTION public.place_in(cstring)
 RETURNS public.place
LANGUAGE c
 IMMUTABLE
 STRICT
AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION public.place_out(public.place)
 RETURNS cstring
LANGUAGE c
 IMMUTABLE
 STRICT
AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TYPE public.place (
    input = public.place_in,
    output = public.place_out
);
COMMIT;
