SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE ONLY public.m ALTER COLUMN note SET STATISTICS 500;
ALTER TABLE ONLY public.m ALTER COLUMN note SET COMPRESSION pglz;
ALTER TABLE ONLY public.m ALTER COLUMN more SET STORAGE EXTENDED;
ALTER TABLE ONLY public.m ALTER COLUMN more SET (n_distinct=20);
COMMENT ON COLUMN public.m.note IS 'as it was said';
COMMIT;
