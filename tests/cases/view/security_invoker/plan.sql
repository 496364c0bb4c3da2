SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER VIEW public.v SET (security_invoker='true', check_option=local);
ALTER VIEW public.w RESET (security_invoker);
COMMIT;
