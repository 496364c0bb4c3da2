SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP POLICY own ON public.a;
ALTER TABLE public.a ALTER COLUMN owner TYPE character varying(60);
CREATE POLICY own ON public.a FOR SELECT USING (((owner)::text = CURRENT_USER));
COMMIT;
