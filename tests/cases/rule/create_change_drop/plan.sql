SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP RULE gone ON public.t;
CREATE RULE fresh AS
    ON INSERT TO public.t
   WHERE new.flagged DO INSTEAD NOTHING;
CREATE OR REPLACE RULE kept AS
    ON UPDATE TO public.t
   WHERE old.flagged DO INSTEAD NOTHING;
COMMIT;
