SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.events ADD COLUMN note text;
CREATE TABLE public.events_rest PARTITION OF public.events DEFAULT;
COMMIT;
