SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP CONSTRAINT gone;
ALTER TABLE public.a DROP CONSTRAINT price_positive;
ALTER TABLE public.a ADD CONSTRAINT fresh CHECK ((price < (10000)::numeric)) NOT VALID;
ALTER TABLE public.a ADD CONSTRAINT price_positive CHECK ((price >= (0)::numeric));
COMMENT ON CONSTRAINT id_small ON public.a IS 'Kept small';
COMMIT;
