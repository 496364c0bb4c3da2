SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SEQUENCE public.numbers RENAME TO a_id_seq;
ALTER SEQUENCE public.b_id_seq RENAME TO numbers_of_b;
ALTER TABLE public.b ALTER COLUMN id SET INCREMENT BY 5 SET NO MINVALUE SET NO MAXVALUE SET CACHE 1 SET NO CYCLE;
COMMIT;
