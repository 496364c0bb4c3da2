SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.events_rest PARTITION OF public.events DEFAULT;
ALTER TABLE public.events ADD COLUMN note text;
COMMIT;
