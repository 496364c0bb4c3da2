-- The members of the extension $1, each as a statement that makes it again without its code; the rest of a function's or an
-- operator class's statement is added later. Where a name is another one's, it is qualified: regtype and format_type do that for
-- all that is not on the search path, which has nothing but pg_catalog here.
-- Manual: catalog-pg-depend, catalog-pg-type, catalog-pg-proc, catalog-pg-operator, catalog-pg-opclass, catalog-pg-amop.
WITH extension AS (
  SELECT oid, extversion FROM pg_catalog.pg_extension WHERE extname = $1
), member AS MATERIALIZED (
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend d, extension e
  WHERE d.refclassid = 3079 AND d.refobjid = e.oid AND d.deptype = 'e'
), base AS MATERIALIZED (
  SELECT t.* FROM pg_catalog.pg_type t JOIN member m ON m.classid = 1247 AND m.objid = t.oid
  WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type a WHERE a.typarray = t.oid)
), io AS MATERIALIZED (
  -- The functions that a type is made of, and what of PostgreSQL's own does their work for a type that keeps its text.
  SELECT typinput::pg_catalog.oid AS oid, 'textin' AS own FROM base
  UNION SELECT typoutput, 'textout' FROM base
  -- Refused until another one takes its place (modifiers.sql).
  UNION SELECT typmodin, 'trigger_in' FROM base
), used AS MATERIALIZED (
  SELECT objid AS oid FROM member WHERE classid = 1255
  UNION SELECT f.oid FROM base t, LATERAL (VALUES (t.typinput), (t.typoutput), (t.typmodin), (t.typmodout)) f (oid)
  UNION SELECT o.oprcode FROM pg_catalog.pg_operator o JOIN member m ON m.classid = 2617 AND m.objid = o.oid
  UNION SELECT a.amhandler FROM pg_catalog.pg_am a JOIN member m ON m.classid = 2601 AND m.objid = a.oid
  UNION SELECT w.fdwhandler FROM pg_catalog.pg_foreign_data_wrapper w JOIN member m ON m.classid = 2328 AND m.objid = w.oid
), named AS MATERIALIZED (
  -- Every function that is a member or used by one, its name as it is written.
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) AS nspname, pg_catalog.quote_ident(p.proname) AS proname, p.prokind, p.proargtypes,
    p.provolatile, p.proisstrict, p.proparallel, p.proretset, pg_catalog.pg_get_function_result(p.oid) AS result,
    m.objid IS NOT NULL AS is_member,
    p.prokind = 'w' OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typtype = 'p' AND t.typname !~ '^any'
      AND ((t.oid = p.prorettype AND t.oid NOT IN (2249, 2278)) OR t.oid = ANY (p.proargtypes::pg_catalog.oid[]))) AS pseudo
  FROM used u JOIN pg_catalog.pg_proc p ON p.oid = u.oid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN member m ON m.classid = 1255 AND m.objid = p.oid
), statement AS (
  SELECT pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS statement
  FROM pg_catalog.pg_namespace n JOIN member m ON m.classid = 2615 AND m.objid = n.oid
  UNION ALL
  SELECT pg_catalog.format('CREATE TYPE %s', pg_catalog.format_type(oid, NULL)) FROM base
  UNION ALL
  -- Of variable length whatever it is: it holds text.
  SELECT pg_catalog.format('CREATE TYPE %s (INPUT = %s.%s, OUTPUT = %s.%s%s%s, STORAGE = extended, CATEGORY = %L, PREFERRED = %s, DELIMITER = %L, COLLATABLE = %s)',
    pg_catalog.format_type(t.oid, NULL), i.nspname, i.proname, o.nspname, o.proname,
    (SELECT pg_catalog.format(', TYPMOD_IN = %s.%s', f.nspname, f.proname) FROM named f WHERE f.oid = t.typmodin),
    (SELECT pg_catalog.format(', TYPMOD_OUT = %s.%s', f.nspname, f.proname) FROM named f WHERE f.oid = t.typmodout),
    t.typcategory, t.typispreferred::pg_catalog.text, t.typdelim, (t.typcollation <> 0)::pg_catalog.text)
  FROM base t JOIN named i ON i.oid = t.typinput JOIN named o ON o.oid = t.typoutput
  UNION ALL
  SELECT pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', pg_catalog.format_type(t.oid, NULL),
    (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
     FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
  FROM pg_catalog.pg_type t JOIN member m ON m.classid = 1247 AND m.objid = t.oid WHERE t.typtype = 'e'
  UNION ALL
  SELECT pg_catalog.format('CREATE DOMAIN %s AS %s', pg_catalog.format_type(t.oid, NULL), pg_catalog.format_type(t.typbasetype, t.typtypmod))
  FROM pg_catalog.pg_type t JOIN member m ON m.classid = 1247 AND m.objid = t.oid WHERE t.typtype = 'd'
  UNION ALL
  SELECT pg_catalog.format('CREATE %s %I.%I%s', CASE c.relkind WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, n.nspname, c.relname,
    CASE c.relkind WHEN 'c' THEN ' AS ' ELSE ' ' END || '(' || COALESCE((
      SELECT pg_catalog.string_agg(pg_catalog.format('%I %s%s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')')
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('c', 'r', 'p', 'f') AND EXISTS (
    SELECT FROM member m WHERE (m.classid = 1259 AND m.objid = c.oid) OR (m.classid = 1247 AND m.objid = c.reltype AND c.relkind = 'c'))
  UNION ALL
  -- With the types of a view instead of its query: what it reads may be what is not there.
  SELECT pg_catalog.format('CREATE VIEW %I.%I AS SELECT %s', n.nspname, c.relname, (
      SELECT pg_catalog.string_agg(pg_catalog.format('NULL::%s AS %I', pg_catalog.format_type(a.atttypid, a.atttypmod), a.attname), ', ' ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN member m ON m.classid = 1259 AND m.objid = c.oid WHERE c.relkind IN ('v', 'm')
  UNION ALL
  -- What is on them is no member itself, and would be missed.
  SELECT pg_catalog.format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::pg_catalog.regclass, k.conname, pg_catalog.pg_get_constraintdef(k.oid))
  FROM pg_catalog.pg_constraint k JOIN member m ON m.classid = 1259 AND m.objid = k.conrelid WHERE k.contype IN ('p', 'u', 'c', 'x', 'f')
  UNION ALL
  SELECT pg_catalog.pg_get_indexdef(i.indexrelid)
  FROM pg_catalog.pg_index i JOIN member m ON m.classid = 1259 AND m.objid = i.indrelid
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)
  UNION ALL
  SELECT pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';')
  FROM pg_catalog.pg_rewrite r JOIN member m ON m.classid = 1259 AND m.objid = r.ev_class WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT pg_catalog.format('CREATE SEQUENCE %I.%I', n.nspname, c.relname)
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN member m ON m.classid = 1259 AND m.objid = c.oid WHERE c.relkind = 'S'
  UNION ALL
  SELECT pg_catalog.format('CREATE %s %s.%s(%s)%s%s', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, p.nspname, p.proname,
    pg_catalog.pg_get_function_arguments(p.oid), CASE WHEN p.prokind <> 'p' THEN ' RETURNS ' || p.result END || CASE p.prokind WHEN 'w' THEN ' WINDOW' ELSE '' END,
    CASE WHEN p.prokind <> 'p' THEN
      CASE p.provolatile WHEN 'i' THEN ' IMMUTABLE' WHEN 's' THEN ' STABLE' ELSE ' VOLATILE' END
      || CASE WHEN p.proisstrict THEN ' STRICT' ELSE '' END || CASE p.proparallel WHEN 's' THEN ' PARALLEL SAFE' ELSE '' END
    END || CASE
      WHEN io.own IS NOT NULL THEN pg_catalog.format(' LANGUAGE internal AS %L', io.own)
      WHEN p.result = 'index_am_handler' THEN ' LANGUAGE internal AS ''gisthandler'''
      WHEN p.result = 'table_am_handler' THEN ' LANGUAGE internal AS ''heap_tableam_handler'''
      -- Pseudo-types are for code alone: these refuse every call.
      WHEN p.pseudo THEN ' LANGUAGE internal AS ''trigger_in'''
      WHEN p.prokind = 'p' OR p.proretset THEN ' LANGUAGE sql AS ''SELECT NULL'''
      ELSE '' END)
  FROM named p LEFT JOIN io ON io.oid = p.oid
  WHERE p.is_member AND p.prokind IN ('f', 'p', 'w')
  UNION ALL
  -- An aggregate's own state may be code's: one of its result does as well.
  SELECT pg_catalog.format('CREATE FUNCTION %s.%I(%s) RETURNS %s AS ''SELECT NULL'' LANGUAGE sql', p.nspname, 'trueup_' || p.oid,
    pg_catalog.concat_ws(', ', p.result, NULLIF(pg_catalog.oidvectortypes(p.proargtypes), '')), p.result)
  FROM named p WHERE p.is_member AND p.prokind = 'a'
  UNION ALL
  SELECT pg_catalog.format('CREATE AGGREGATE %s.%s(%s) (SFUNC = %s.%I, STYPE = %s)', p.nspname, p.proname,
    COALESCE(NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''), '*'), p.nspname, 'trueup_' || p.oid, p.result)
  FROM named p WHERE p.is_member AND p.prokind = 'a'
  UNION ALL
  SELECT pg_catalog.format('CREATE CAST (%s AS %s) %s%s', pg_catalog.format_type(c.castsource, NULL), pg_catalog.format_type(c.casttarget, NULL),
    CASE c.castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT'
      ELSE 'WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure::pg_catalog.text END,
    CASE c.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END)
  FROM pg_catalog.pg_cast c JOIN member m ON m.classid = 2605 AND m.objid = c.oid
  UNION ALL
  SELECT pg_catalog.format('CREATE OPERATOR %I.%s (FUNCTION = %s.%s, %s%s)', n.nspname, o.oprname, f.nspname, f.proname,
    pg_catalog.concat_ws(', ', 'LEFTARG = ' || NULLIF(o.oprleft, 0)::pg_catalog.regtype::pg_catalog.text,
      'RIGHTARG = ' || o.oprright::pg_catalog.regtype::pg_catalog.text),
    pg_catalog.concat((SELECT pg_catalog.format(', COMMUTATOR = OPERATOR(%I.%s)', s.nspname, c.oprname)
        FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace s ON s.oid = c.oprnamespace WHERE c.oid = o.oprcom),
      (SELECT pg_catalog.format(', NEGATOR = OPERATOR(%I.%s)', s.nspname, c.oprname)
        FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace s ON s.oid = c.oprnamespace WHERE c.oid = o.oprnegate),
      CASE WHEN o.oprcanhash THEN ', HASHES' END, CASE WHEN o.oprcanmerge THEN ', MERGES' END))
  FROM pg_catalog.pg_operator o JOIN member m ON m.classid = 2617 AND m.objid = o.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace JOIN named f ON f.oid = o.oprcode
  UNION ALL
  SELECT pg_catalog.format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s.%s', a.amname,
    CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, f.nspname, f.proname)
  FROM pg_catalog.pg_am a JOIN member m ON m.classid = 2601 AND m.objid = a.oid JOIN named f ON f.oid = a.amhandler
  UNION ALL
  -- Without the validator: any options are those of a stand-in.
  SELECT pg_catalog.format('CREATE FOREIGN DATA WRAPPER %I%s', w.fdwname,
    (SELECT pg_catalog.format(' HANDLER %s.%s', f.nspname, f.proname) FROM named f WHERE f.oid = w.fdwhandler))
  FROM pg_catalog.pg_foreign_data_wrapper w JOIN member m ON m.classid = 2328 AND m.objid = w.oid
  UNION ALL
  -- With the one handler that is everywhere.
  SELECT pg_catalog.format('CREATE %sLANGUAGE %I HANDLER pg_catalog.plpgsql_call_handler', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, l.lanname)
  FROM pg_catalog.pg_language l JOIN member m ON m.classid = 2612 AND m.objid = l.oid
  UNION ALL
  SELECT pg_catalog.format('CREATE COLLATION %I.%I (LOCALE = ''C'')', n.nspname, c.collname)
  FROM pg_catalog.pg_collation c JOIN member m ON m.classid = 3456 AND m.objid = c.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
  UNION ALL
  -- Templates, parsers and dictionaries of PostgreSQL's own stand in for those of code.
  SELECT pg_catalog.format('CREATE TEXT SEARCH TEMPLATE %I.%I (LEXIZE = pg_catalog.dsimple_lexize)', n.nspname, t.tmplname)
  FROM pg_catalog.pg_ts_template t JOIN member m ON m.classid = 3764 AND m.objid = t.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
  UNION ALL
  SELECT pg_catalog.format('CREATE TEXT SEARCH PARSER %I.%I (START = pg_catalog.prsd_start, GETTOKEN = pg_catalog.prsd_nexttoken, '
    'END = pg_catalog.prsd_end, LEXTYPES = pg_catalog.prsd_lextype)', n.nspname, p.prsname)
  FROM pg_catalog.pg_ts_parser p JOIN member m ON m.classid = 3601 AND m.objid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
  UNION ALL
  SELECT pg_catalog.format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I)', n.nspname, d.dictname, tn.nspname, t.tmplname)
  FROM pg_catalog.pg_ts_dict d JOIN member m ON m.classid = 3600 AND m.objid = d.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
  UNION ALL
  SELECT pg_catalog.format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)
  FROM pg_catalog.pg_ts_config c JOIN member m ON m.classid = 3602 AND m.objid = c.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
  UNION ALL
  SELECT pg_catalog.format('CREATE TYPE %s AS RANGE (SUBTYPE = %s%s)', pg_catalog.format_type(t.oid, NULL), pg_catalog.format_type(r.rngsubtype, NULL),
    (SELECT pg_catalog.format(', MULTIRANGE_TYPE_NAME = %I.%I', n.nspname, u.typname) FROM pg_catalog.pg_type u
     JOIN pg_catalog.pg_namespace n ON n.oid = u.typnamespace WHERE u.oid = r.rngmultitypid))
  FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid JOIN member m ON m.classid = 1247 AND m.objid = t.oid
  UNION ALL
  SELECT pg_catalog.format('CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I AS %s', n.nspname, c.opcname,
    CASE WHEN c.opcdefault THEN ' DEFAULT' END, pg_catalog.format_type(c.opcintype, NULL), a.amname,
    pg_catalog.concat_ws(', ',
      (SELECT pg_catalog.string_agg(pg_catalog.format('OPERATOR %s %s%s', o.amopstrategy, o.amopopr::pg_catalog.regoperator,
          (SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) FROM pg_catalog.pg_opfamily s
           JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily)), ', ' ORDER BY o.amopstrategy)
       FROM pg_catalog.pg_amop o WHERE o.amopfamily = c.opcfamily AND o.amoplefttype = c.opcintype
         -- The order of this operator class's own type alone is one of each.
         AND (o.amoprighttype = c.opcintype OR a.amname NOT IN ('btree', 'hash'))),
      (SELECT pg_catalog.string_agg(pg_catalog.format('FUNCTION %s %s', r.amprocnum, r.amproc::pg_catalog.oid::pg_catalog.regprocedure), ', ')
       FROM pg_catalog.pg_amproc r WHERE r.amprocfamily = c.opcfamily AND r.amproclefttype = c.opcintype
         AND r.amprocrighttype = c.opcintype AND r.amprocnum = 1 AND a.amname IN ('btree', 'hash')),
      'STORAGE ' || NULLIF(c.opckeytype, 0)::pg_catalog.regtype::pg_catalog.text))
  FROM pg_catalog.pg_opclass c JOIN member m ON m.classid = 2616 AND m.objid = c.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
)
SELECT e.extversion AS version, s.statement,
  (SELECT pg_catalog.string_agg(f.prosrc, ' ' ORDER BY f.oid) FROM pg_catalog.pg_proc f
   WHERE f.oid IN (SELECT typmodin FROM base UNION SELECT typmodout FROM base)) AS modifiers,
  ARRAY(SELECT o.extname::pg_catalog.text FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension o ON o.oid = d.refobjid
        WHERE d.classid = 3079 AND d.objid = e.oid AND d.refclassid = 3079) AS requires
FROM extension e LEFT JOIN statement s ON true
