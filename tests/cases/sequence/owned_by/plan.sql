SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SEQUENCE public.s OWNED BY public.a.n;
ALTER SEQUENCE public.t OWNED BY NONE;
COMMIT;
