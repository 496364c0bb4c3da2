SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE INDEX events_note ON ONLY public.events USING btree (note);
CREATE INDEX events_2023_note ON public.events_2023 USING btree (note);
ALTER INDEX public.events_note ATTACH PARTITION public.events_2023_note;
COMMIT;
