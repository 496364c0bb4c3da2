SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.root ALTER COLUMN note TYPE text;
DO $$
DECLARE
  the pg_catalog.regclass;
  was pg_catalog.name;
BEGIN
  SELECT h.inhrelid, c.relname INTO the, was
    FROM pg_catalog.pg_inherits h
    JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    WHERE h.inhparent = 'public.root_note'::pg_catalog.regclass AND i.indrelid = 'public.member_a'::pg_catalog.regclass;
  IF the IS NULL THEN
    RAISE undefined_object USING MESSAGE = 'table member_a has no index that belongs to root_note';
  ELSIF was <> 'member_a_note' THEN
    IF pg_catalog.to_regclass('public.member_a_note') IS NOT NULL THEN
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, was || '__');
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', 'public.member_a_note', was);
    END IF;
    EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, 'member_a_note');
  END IF;
END$$;
DO $$
DECLARE
  the pg_catalog.regclass;
  was pg_catalog.name;
BEGIN
  SELECT h.inhrelid, c.relname INTO the, was
    FROM pg_catalog.pg_inherits h
    JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    WHERE h.inhparent = 'public.member_b_note_idx'::pg_catalog.regclass AND i.indrelid = 'public.member_b_1'::pg_catalog.regclass;
  IF the IS NULL THEN
    RAISE undefined_object USING MESSAGE = 'table member_b_1 has no index that belongs to member_b_note_idx';
  ELSIF was <> 'member_b_1_by_note' THEN
    IF pg_catalog.to_regclass('public.member_b_1_by_note') IS NOT NULL THEN
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, was || '__');
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', 'public.member_b_1_by_note', was);
    END IF;
    EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, 'member_b_1_by_note');
  END IF;
END$$;
COMMIT;
