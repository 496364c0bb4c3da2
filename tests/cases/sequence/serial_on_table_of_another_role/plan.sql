SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ADD COLUMN n bigint NOT NULL;
CREATE SEQUENCE public.a_n_seq;
ALTER TABLE public.a ALTER COLUMN n SET DEFAULT nextval('public.a_n_seq'::regclass);
ALTER SEQUENCE public.a_n_seq OWNER TO app_owner;
ALTER SEQUENCE public.a_n_seq OWNED BY public.a.n;
COMMIT;
