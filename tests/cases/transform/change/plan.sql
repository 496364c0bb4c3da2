SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE OR REPLACE TRANSFORM FOR public.amount LANGUAGE ours (FROM SQL WITH FUNCTION public.amount_from(internal), TO SQL WITH FUNCTION public.amount_to(internal));
COMMIT;
