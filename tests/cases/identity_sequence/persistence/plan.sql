SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE UNLOGGED TABLE public.c (
    id bigint GENERATED ALWAYS AS IDENTITY
);
ALTER SEQUENCE public.a_id_seq SET UNLOGGED;
ALTER SEQUENCE public.b_id_seq SET UNLOGGED;
ALTER SEQUENCE public.c_id_seq SET LOGGED;
COMMIT;
