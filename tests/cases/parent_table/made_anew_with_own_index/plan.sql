SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE public.early IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.early_kept AS SELECT id, note FROM public.early;
LOCK TABLE ONLY public.events IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.events_kept AS SELECT id, note FROM ONLY public.events;
DROP TABLE public.early_0;
DROP TABLE public.early;
DROP TABLE public.events;
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
CREATE INDEX events_note ON public.events USING btree (note);
COMMIT;
