SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE SEQUENCE public.a_n_seq;
CREATE SEQUENCE public.b_n AS integer;
ALTER TABLE public.a ADD COLUMN n bigint DEFAULT nextval('public.a_n_seq'::regclass) NOT NULL;
ALTER TABLE public.b ADD COLUMN n integer DEFAULT nextval('public.b_n'::regclass);
ALTER SEQUENCE public.a_n_seq OWNED BY public.a.n;
COMMIT;
