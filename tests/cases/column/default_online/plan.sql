SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.things ADD COLUMN key uuid;
COMMENT ON COLUMN public.things.key IS 'trueup is filling this column in the rows that were there before it';
ALTER TABLE public.things ALTER COLUMN key SET DEFAULT gen_random_uuid();
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
  again bool;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size('public.things'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    again := false;
    WHILE page <= pages LOOP
      PERFORM pg_catalog.set_config('lock_timeout', '500ms', true);
      BEGIN
        UPDATE public.things SET key = DEFAULT
          WHERE key IS NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
            AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
        GET DIAGNOSTICS done = ROW_COUNT;
        found := found + done;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        again := true;
      END;
      COMMIT;
      page := page + 100;
    END LOOP;
    EXIT WHEN NOT again AND (found = 0 OR found >= before);
    before := found;
  END LOOP;
  LOOP
    PERFORM pg_catalog.set_config('lock_timeout', '500ms', true);
    BEGIN
      UPDATE public.things SET key = DEFAULT WHERE key IS NULL;
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      NULL;
    END;
    COMMIT;
  END LOOP;
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
COMMENT ON COLUMN public.things.key IS NULL;
ALTER TABLE public.things ADD COLUMN at timestamp with time zone DEFAULT now() NOT NULL;
COMMIT;
BEGIN;
ALTER TABLE public.watched ADD COLUMN key uuid DEFAULT gen_random_uuid() NOT NULL;
COMMIT;
