SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE CAST (integer AS public.amount) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (money AS public.amount) WITH FUNCTION public.in_cents(money) AS ASSIGNMENT;
COMMIT;
