SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.bookings DROP CONSTRAINT gone;
ALTER TABLE public.bookings DROP CONSTRAINT no_overlap;
ALTER TABLE public.bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE ((room > 0));
ALTER TABLE public.bookings ADD CONSTRAINT spans EXCLUDE USING gist (span WITH -|-) DEFERRABLE;
COMMIT;
