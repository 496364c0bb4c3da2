SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.items DROP CONSTRAINT items_price_check;
ALTER TABLE public.items DROP CONSTRAINT items_weight_check;
ALTER TABLE public.items ADD CONSTRAINT items_new_check CHECK ((price <> (3)::numeric)) NOT ENFORCED;
ALTER TABLE public.items ADD CONSTRAINT items_price_check CHECK ((price > (0)::numeric));
ALTER TABLE public.items ADD CONSTRAINT items_weight_check CHECK ((weight > (0)::numeric)) NOT ENFORCED;
COMMIT;
