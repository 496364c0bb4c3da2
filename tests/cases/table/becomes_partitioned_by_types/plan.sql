SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE ONLY public.a IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.a_kept AS SELECT id, mood::pg_catalog.text AS mood, moods::pg_catalog.text AS moods FROM ONLY public.a;
DROP TABLE public.a;
ALTER TYPE public.mood RENAME TO mood__old;
CREATE TYPE public.mood AS ENUM ('bad', 'good');
DROP TYPE public.mood__old;
CREATE TABLE public.a (
    id integer NOT NULL,
    mood public.mood,
    moods public.mood[]
) PARTITION BY LIST (mood);
CREATE TABLE public.a_good PARTITION OF public.a FOR VALUES IN ('good') PARTITION BY HASH (id);
CREATE TABLE public.a_good_0 PARTITION OF public.a_good FOR VALUES WITH (modulus 1, remainder 0);
CREATE TABLE public.a_rest PARTITION OF public.a DEFAULT;
INSERT INTO public.a (id, mood, moods)
SELECT id, mood::public.mood, moods::public.mood[] FROM public.a_kept;
DROP TABLE public.a_kept;
COMMIT;
