SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.t ALTER COLUMN a TYPE public.e USING a::text::public.e;
ALTER TABLE public.t ALTER COLUMN b TYPE integer USING b::text::integer;
ALTER TABLE public.t ALTER COLUMN c TYPE text[] USING c::text[]::text[];
ALTER TABLE public.t ALTER COLUMN d TYPE public.e USING d::public.e;
COMMIT;
