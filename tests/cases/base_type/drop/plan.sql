SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TABLE public.bills;
DO $$DECLARE
    others text := (
        SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', ')
        FROM pg_catalog.pg_type t
        LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
        LEFT JOIN pg_catalog.pg_type m ON m.oid = r.rngmultitypid
        JOIN pg_catalog.pg_depend d ON d.refclassid = 1247 AND d.refobjid IN (t.oid, t.typarray, m.oid, m.typarray) AND d.deptype = 'n'
        WHERE t.oid = 'public.amount'::pg_catalog.regtype AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend own
            WHERE own.classid = 1247 AND own.objid = t.oid AND own.refclassid = 1255 AND d.classid = 1255 AND own.refobjid = d.objid
               OR own.classid = d.classid AND own.objid = d.objid AND own.refclassid = 1247 AND own.deptype = 'i'));
BEGIN
    IF others IS NOT NULL THEN RAISE EXCEPTION 'type % is used by %', 'public.amount', others; END IF;
END$$;
DROP TYPE public.amount CASCADE;
COMMIT;
