SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.days;
CREATE FUNCTION public.days_between(integer, integer)
 RETURNS double precision
LANGUAGE sql
 IMMUTABLE
 STRICT
AS $$select ($1 - $2)::float8$$;
CREATE FUNCTION public.days_canonical(public.days)
 RETURNS public.days
LANGUAGE internal
 IMMUTABLE
 STRICT
AS $$int4range_canonical$$;
CREATE TYPE public.days AS RANGE (subtype = integer, canonical = public.days_canonical, subtype_diff = public.days_between, multirange_type_name = public.many_days);
CREATE TABLE public.holidays (
    at public.days,
    all_of_them public.many_days
);
COMMENT ON TYPE public.days IS 'whole days';
COMMIT;
