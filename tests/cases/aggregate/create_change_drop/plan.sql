SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP AGGREGATE public.gone(integer);
CREATE AGGREGATE public.fresh(integer) (
    SFUNC = int4larger,
    STYPE = integer
);
CREATE OR REPLACE AGGREGATE public.total(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);
COMMIT;
