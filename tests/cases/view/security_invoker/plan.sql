SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER VIEW public.v SET (check_option=local, security_invoker='true');
ALTER VIEW public.w RESET (security_invoker);
COMMIT;
