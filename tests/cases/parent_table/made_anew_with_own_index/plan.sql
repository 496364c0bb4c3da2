SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE public.early IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.early_kept AS SELECT id, note FROM public.early;
LOCK TABLE ONLY public.events IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.events_kept AS SELECT id, note FROM ONLY public.events;
LOCK TABLE public.visits IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.visits_kept AS SELECT id, code, note FROM public.visits;
DROP INDEX public.visits_a_own;
ALTER TABLE public.visits DETACH PARTITION public.visits_a;
DROP INDEX public.visits_a_note_idx;
DROP TABLE public.early_0;
DROP TABLE public.early;
DROP TABLE public.events;
DROP TABLE public.visits;
TRUNCATE public.visits_a;
CREATE TABLE public.events (
    id integer,
    note text
) PARTITION BY RANGE (id);
CREATE TABLE public.early PARTITION OF public.events FOR VALUES FROM (0) TO (10);
INSERT INTO public.early (id, note)
SELECT id, note FROM public.early_kept;
DROP TABLE public.early_kept;
INSERT INTO public.events (id, note)
SELECT id, note FROM public.events_kept;
DROP TABLE public.events_kept;
CREATE TABLE public.visits (
    id integer,
    code text,
    note text
) PARTITION BY LIST (code);
ALTER TABLE public.visits ATTACH PARTITION public.visits_a FOR VALUES IN ('1');
INSERT INTO public.visits (id, code, note)
SELECT id, code, note FROM public.visits_kept;
DROP TABLE public.visits_kept;
CREATE INDEX events_note ON public.events USING btree (note);
CREATE INDEX visits_note ON public.visits USING btree (note);
COMMIT;
