SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.t (
    during int4range,
    CONSTRAINT t_during_excl EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE public.t ADD CONSTRAINT t_other EXCLUDE USING gist (during WITH &&);
COMMIT;
