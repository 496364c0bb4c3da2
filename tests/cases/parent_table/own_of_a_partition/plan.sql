SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER INDEX public.events_2023_at_idx RENAME TO own_at;
ALTER TABLE public.events_2023 RENAME CONSTRAINT events_2023_pkey TO own_pk;
CREATE FUNCTION public.f()
 RETURNS trigger
LANGUAGE plpgsql
AS $$begin return new; end$$;
ALTER TABLE public.events ADD COLUMN extra integer DEFAULT 1;
ALTER TABLE public.events_2023 ALTER COLUMN note SET NOT NULL;
ALTER TABLE ONLY public.events_2023 ALTER COLUMN note SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.events_2023 ALTER COLUMN note SET STATISTICS 50;
ALTER TABLE public.events ALTER COLUMN note SET DEFAULT 'm'::text;
ALTER TABLE public.events_2023 ALTER COLUMN note SET DEFAULT 'own'::text;
ALTER TABLE public.events_2024 ALTER COLUMN extra SET DEFAULT 2;
ALTER INDEX public.own_at SET (fillfactor='50');
CREATE INDEX own_note ON public.events_2023 USING btree (note);
CREATE TRIGGER touch AFTER INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.f();
ALTER TABLE public.events_2023 DISABLE TRIGGER touch;
COMMENT ON COLUMN public.events_2023.note IS 'of this one';
COMMENT ON INDEX public.own_at IS 'its own name';
COMMIT;
