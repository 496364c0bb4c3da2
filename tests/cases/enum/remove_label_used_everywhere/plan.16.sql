SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP POLICY ok_only ON public.people;
DROP TRIGGER t ON public.people;
DROP MATERIALIZED VIEW public.by_mood;
DROP VIEW public.ok_people;
DROP INDEX public.people_ok;
ALTER TABLE public.people DROP CONSTRAINT people_mood;
ALTER TABLE public.people ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE public.people ALTER COLUMN moods DROP DEFAULT;
ALTER TABLE public.people DROP COLUMN is_ok;
DROP FUNCTION public.moods();
DROP FUNCTION public.next(public.mood);
ALTER TYPE public.mood RENAME TO mood__old;
CREATE TYPE public.mood AS ENUM ('ok', 'happy');
ALTER TABLE public.events ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;
ALTER TABLE public.people ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;
ALTER TABLE public.people ALTER COLUMN moods TYPE public.mood[] USING moods::text[]::public.mood[];
DROP TYPE public.mood__old;
ALTER TABLE public.people ADD COLUMN is_ok boolean GENERATED ALWAYS AS ((mood = 'ok'::public.mood)) STORED;
ALTER TABLE public.people ALTER COLUMN mood SET DEFAULT 'ok'::public.mood;
CREATE FUNCTION public.moods()
 RETURNS SETOF public.mood
LANGUAGE sql
 STABLE
AS $$select mood from people$$;
CREATE FUNCTION public.next(public.mood)
 RETURNS public.mood
LANGUAGE sql
 IMMUTABLE
AS $$select 'ok'::mood$$;
ALTER TABLE public.people ALTER COLUMN moods SET DEFAULT '{ok,happy}'::public.mood[];
ALTER TABLE public.people ADD CONSTRAINT people_mood CHECK (((mood <> 'happy'::public.mood) OR (id > 0)));
CREATE INDEX people_ok ON public.people USING btree (id) WHERE (mood = 'ok'::public.mood);
CREATE VIEW public.ok_people (id, mood) AS
 SELECT id,
    mood
   FROM public.people
  WHERE (mood = 'ok'::public.mood);
CREATE MATERIALIZED VIEW public.by_mood (mood, n) AS
 SELECT mood,
    count(*) AS n
   FROM public.people
  GROUP BY mood;
CREATE TRIGGER t BEFORE UPDATE OF mood ON public.people FOR EACH ROW WHEN ((new.mood = 'ok'::public.mood)) EXECUTE FUNCTION public.nothing();
CREATE POLICY ok_only ON public.people FOR SELECT USING ((mood = 'ok'::public.mood));
GRANT SELECT ON TABLE public.ok_people TO PUBLIC;
COMMENT ON FUNCTION public.next(public.mood) IS 'The next';
COMMENT ON VIEW public.ok_people IS 'Those';
COMMIT;
