SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP POLICY p ON public.a;
DROP POLICY r ON public.a;
CREATE POLICY p ON public.a FOR UPDATE USING ((id > 0));
CREATE POLICY r ON public.a AS RESTRICTIVE USING ((id > 0));
COMMIT;
