SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a ADD CONSTRAINT positive CHECK ((b > 0));
COMMENT ON TABLE public.a IS 'After: it''s done';
COMMENT ON COLUMN public.a.id IS NULL;
COMMENT ON COLUMN public.a.b IS 'Two
lines';
COMMENT ON CONSTRAINT a_pkey ON public.a IS NULL;
COMMENT ON CONSTRAINT positive ON public.a IS 'Only these';
COMMENT ON INDEX public.idx IS 'Another';
COMMIT;
