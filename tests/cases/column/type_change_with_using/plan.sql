SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.orders ALTER COLUMN amount DROP DEFAULT;
ALTER TABLE public.orders ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.orders ALTER COLUMN amount TYPE numeric(10,2) USING amount::numeric(10,2);
ALTER TABLE public.orders ALTER COLUMN at TYPE timestamp with time zone USING at::timestamp with time zone;
ALTER TABLE public.orders ALTER COLUMN amount SET DEFAULT 0;
COMMIT;
