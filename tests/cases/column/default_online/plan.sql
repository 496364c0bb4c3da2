SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.things ADD COLUMN key uuid;
ALTER TABLE public.things ALTER COLUMN key SET DEFAULT gen_random_uuid();
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8 := pg_catalog.pg_relation_size('public.things'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
  page pg_catalog.int8 := 0;
BEGIN
  WHILE page <= pages LOOP
    UPDATE public.things SET key = DEFAULT
      WHERE key IS NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
        AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
    COMMIT;
    page := page + 100;
  END LOOP;
  UPDATE public.things SET key = DEFAULT WHERE key IS NULL;
END$$;
BEGIN;
ALTER TABLE public.things ADD CONSTRAINT key_is_not_null CHECK (key IS NOT NULL) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.things VALIDATE CONSTRAINT key_is_not_null;
COMMIT;
BEGIN;
ALTER TABLE public.things ALTER COLUMN key SET NOT NULL;
ALTER TABLE public.things DROP CONSTRAINT key_is_not_null;
ALTER TABLE public.things ADD COLUMN at timestamp with time zone DEFAULT now() NOT NULL;
COMMIT;
BEGIN;
ALTER TABLE public.watched ADD COLUMN key uuid DEFAULT gen_random_uuid() NOT NULL;
COMMIT;
