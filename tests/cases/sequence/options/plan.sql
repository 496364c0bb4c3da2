SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP SEQUENCE public.gone;
CREATE SEQUENCE public.fresh INCREMENT BY -1;
ALTER SEQUENCE public.invoice AS integer INCREMENT BY 10 MINVALUE 5 MAXVALUE 100000 START WITH 50 CACHE 3 CYCLE;
GRANT SELECT, USAGE ON SEQUENCE public.fresh TO app_writer;
COMMENT ON SEQUENCE public.fresh IS 'Downwards';
COMMIT;
