SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.amount;
CREATE FUNCTION public.amount_in(cstring)
 RETURNS public.amount
LANGUAGE internal
 IMMUTABLE
 STRICT
 PARALLEL SAFE
AS $$int4in$$;
CREATE FUNCTION public.amount_out(public.amount)
 RETURNS cstring
LANGUAGE internal
 IMMUTABLE
 STRICT
 PARALLEL SAFE
AS $$int4out$$;
CREATE TYPE public.amount (
    input = public.amount_in,
    output = public.amount_out,
    internallength = 4,
    passedbyvalue = true,
    category = 'N'
);
CREATE TABLE public.bills (
    total public.amount NOT NULL
);
COMMIT;
