SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP POLICY gone ON public.a;
CREATE POLICY fresh ON public.a AS RESTRICTIVE FOR DELETE USING ((id <> 1));
ALTER POLICY p ON public.a USING (((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying, 'c'::character varying]::character varying[])::text[]))) WITH CHECK (((status)::text = 'a'::text));
ALTER POLICY q ON public.a WITH CHECK (true);
COMMIT;
