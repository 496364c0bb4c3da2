SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.pair AS (a integer, b text);
CREATE DOMAIN public.good_pair AS public.pair CONSTRAINT good CHECK (((VALUE).a > 0));
CREATE DOMAIN public.pairs AS public.good_pair[];
CREATE TABLE public.t (
    p public.good_pair,
    ps public.pairs
);
COMMIT;
