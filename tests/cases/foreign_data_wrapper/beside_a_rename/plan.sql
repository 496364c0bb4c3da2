SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.orders RENAME TO sales;
COMMENT ON FOREIGN DATA WRAPPER files IS 'nothing reads them';
COMMIT;
