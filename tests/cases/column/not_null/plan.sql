SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.agents ALTER COLUMN name SET NOT NULL;
ALTER TABLE public.agents ALTER COLUMN note DROP NOT NULL;
COMMIT;
