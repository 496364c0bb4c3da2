SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TYPE public.e;
CREATE TABLE public.t (
    a text,
    b integer
) WITH (toast.autovacuum_enabled='false');
ALTER TABLE public.t ALTER COLUMN a SET STORAGE EXTERNAL;
ALTER TABLE public.t ALTER COLUMN b SET STATISTICS 100;
COMMIT;
