SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE public.visits IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.visits_kept AS SELECT id, code, note FROM public.visits;
DROP INDEX public.visits_a_own;
ALTER TABLE public.visits DETACH PARTITION public.visits_a;
DROP INDEX public.visits_a_note_idx;
DROP TABLE public.visits;
TRUNCATE public.visits_a;
CREATE TABLE public.visits (
    id integer,
    code text,
    note text
) PARTITION BY LIST (code);
ALTER TABLE public.visits ATTACH PARTITION public.visits_a FOR VALUES IN ('1');
INSERT INTO public.visits (id, code, note)
SELECT id, code, note FROM public.visits_kept;
DROP TABLE public.visits_kept;
CREATE INDEX visits_note ON public.visits USING btree (note);
COMMIT;
