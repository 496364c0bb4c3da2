SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE SEQUENCE public.a_n_seq;
ALTER TABLE public.a ADD COLUMN n bigint DEFAULT nextval('public.a_n_seq'::regclass) NOT NULL;
ALTER SEQUENCE public.a_n_seq OWNER TO app_owner;
ALTER SEQUENCE public.a_n_seq OWNED BY public.a.n;
COMMIT;
