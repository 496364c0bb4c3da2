SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TYPE public.mood AS ENUM ('good', 'bad');
CREATE FUNCTION public.touch()
 RETURNS trigger
LANGUAGE plpgsql
AS $$begin return new; end$$;
ALTER TABLE public.a ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.a ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.a ADD COLUMN mood public.mood DEFAULT 'good'::public.mood;
ALTER TABLE public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
CREATE VIEW public.v (id, mood) AS
 SELECT id,
    mood
   FROM public.a;
CREATE TRIGGER t BEFORE UPDATE ON public.a FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE POLICY p ON public.a TO app_reader USING ((id > 0));
GRANT SELECT ON TABLE public.a TO app_reader;
COMMENT ON TABLE public.a IS 'By a role without rights';
COMMIT;
