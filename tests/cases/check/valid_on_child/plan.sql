SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.child (
    CONSTRAINT positive CHECK ((a > 0))
) INHERITS (public.parent);
CREATE TABLE public.zchild (
    CONSTRAINT positive CHECK ((a > 0))
) INHERITS (public.parent);
ALTER TABLE public.parent ADD CONSTRAINT positive CHECK ((a > 0)) NOT VALID;
COMMIT;
