SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.bills ALTER COLUMN id DROP NOT NULL;
ALTER TABLE public.bills ALTER COLUMN id SET DEFAULT 42;
DROP SEQUENCE public.bills_id_seq;
COMMIT;
