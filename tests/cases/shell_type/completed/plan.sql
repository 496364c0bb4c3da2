SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.amount (
    input = public.amount_in,
    output = public.amount_out,
    internallength = 4,
    passedbyvalue = true,
    category = 'N'
);
COMMIT;
