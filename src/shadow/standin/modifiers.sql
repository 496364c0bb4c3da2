-- Modifiers of types whose own words for them are code: kept as they are written, by number, until somebody who has the code says
-- how it prints them (live.rs). Where the library knows that, it brings a function trueup.NAME(words) for the function NAME that reads
-- a type's modifiers.
--
-- PostgreSQL calls these two by their oids alone and does not look at their types, so that what it hands over as cstring[] and takes
-- as cstring may be read as text[] and given as name. Manual: sql-createtype, catalog-pg-type.
DO $$
DECLARE
  of pg_catalog.record;
BEGIN
  FOR of IN
    SELECT t.oid, pg_catalog.to_regprocedure(pg_catalog.format('trueup.%I(text[])', p.proname)) AS printed
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_proc p ON p.oid = t.typmodin
    WHERE t.oid > (SELECT e.oid FROM pg_catalog.pg_extension e WHERE e.extname = $1) AND p.prosrc = 'trigger_in'
  LOOP
    CREATE TABLE IF NOT EXISTS trueup.modifier (id pg_catalog.int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type pg_catalog.oid,
      words pg_catalog.text[], printed pg_catalog.text, UNIQUE (type, words));
    CREATE OR REPLACE FUNCTION trueup.modifier(type pg_catalog.oid, words pg_catalog.text[]) RETURNS pg_catalog.int4
      LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'INSERT INTO trueup.modifier (type, words, printed)
        VALUES (type, words, COALESCE(''('' || NULLIF(pg_catalog.array_to_string(words, '',''), '''') || '')'', ''''))
        ON CONFLICT ON CONSTRAINT modifier_type_words_key DO UPDATE SET words = excluded.words RETURNING id';
    -- Volatile, as it is asked for what the same statement has entered.
    CREATE OR REPLACE FUNCTION trueup.modifier_out(id pg_catalog.int4) RETURNS pg_catalog.name LANGUAGE sql SECURITY DEFINER
      SET search_path = '' AS 'SELECT m.printed::pg_catalog.name FROM trueup.modifier m WHERE m.id = modifier_out.id';
    -- The elements of the array are no text either, until they have been one.
    EXECUTE pg_catalog.format('CREATE FUNCTION trueup.modifier_in_%s(words pg_catalog.text[]) RETURNS pg_catalog.int4 LANGUAGE sql '
      'SECURITY DEFINER SET search_path = '''' AS %L', of.oid, pg_catalog.format('SELECT trueup.modifier(%s, %s(pg_catalog.string_to_array('
      'pg_catalog.array_to_string(words, pg_catalog.chr(1)), pg_catalog.chr(1))))', of.oid, of.printed::pg_catalog.regproc));
    UPDATE pg_catalog.pg_type t SET typmodin = ('trueup.modifier_in_' || of.oid)::pg_catalog.regproc,
      typmodout = 'trueup.modifier_out'::pg_catalog.regproc
    WHERE t.oid = of.oid;
  END LOOP;
END $$;
