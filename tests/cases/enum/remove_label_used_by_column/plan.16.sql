SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v;
DROP INDEX public.idx_status;
ALTER TABLE public.a DROP CONSTRAINT a_status_check;
ALTER TABLE public.a ALTER COLUMN status DROP DEFAULT;
ALTER TABLE public.a ALTER COLUMN history DROP DEFAULT;
DROP FUNCTION public.f(public.status);
DROP TYPE public.unused;
ALTER TYPE public.status RENAME TO status__old;
CREATE TYPE public.status AS ENUM ('active', 'draft');
ALTER TABLE public.a ALTER COLUMN history TYPE public.status[] USING history::text[]::public.status[];
ALTER TABLE public.a ALTER COLUMN status TYPE public.status USING status::text::public.status;
DROP TYPE public.status__old;
CREATE FUNCTION public.f(s public.status)
 RETURNS public.status
LANGUAGE sql
AS $$select s$$;
ALTER TABLE public.a ALTER COLUMN status SET DEFAULT 'draft'::public.status;
ALTER TABLE public.a ALTER COLUMN history SET DEFAULT '{}'::public.status[];
ALTER TABLE public.a ADD CONSTRAINT a_status_check CHECK (((status <> 'draft'::public.status) OR (id > 0)));
CREATE INDEX idx_status ON public.a USING btree (status) WHERE (status = 'active'::public.status);
CREATE VIEW public.v (id, status) AS
 SELECT id,
    status
   FROM public.a
  WHERE (status = 'active'::public.status);
COMMIT;
