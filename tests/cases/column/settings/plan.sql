SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE ONLY public.a ALTER COLUMN id SET (n_distinct=100);
ALTER TABLE public.a ALTER COLUMN doc TYPE text COLLATE pg_catalog."C";
ALTER TABLE ONLY public.a ALTER COLUMN doc SET STORAGE MAIN;
ALTER TABLE ONLY public.a ALTER COLUMN doc SET STATISTICS -1;
COMMIT;
