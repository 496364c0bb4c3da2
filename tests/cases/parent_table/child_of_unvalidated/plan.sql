SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.c (
    more text
) INHERITS (public.p);
COMMIT;
