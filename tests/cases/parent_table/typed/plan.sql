SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.pair ALTER ATTRIBUTE a TYPE bigint CASCADE, ADD ATTRIBUTE c date CASCADE;
CREATE TABLE public.more OF public.pair;
ALTER TABLE ONLY public.pairs ALTER COLUMN b SET STATISTICS 20;
ALTER TABLE public.pairs ALTER COLUMN a SET DEFAULT 2;
COMMENT ON COLUMN public.pairs.b IS 'the second';
COMMIT;
