SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a REPLICA IDENTITY USING INDEX a_x;
ALTER TABLE public.a CLUSTER ON a_y;
COMMIT;
