SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v_seen;
COMMIT;
BEGIN;
ALTER TABLE public.orders ADD COLUMN id_trueup_new bigint;
COMMENT ON COLUMN public.orders.id_trueup_new IS 'trueup is making this column, which is to take the place of another one';
CREATE FUNCTION public.orders_id_trueup_new_of() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.id_trueup_new := NEW.id;
  RETURN NEW;
END$$;
CREATE TRIGGER id_trueup_new BEFORE INSERT OR UPDATE OF id ON public.orders FOR EACH ROW EXECUTE FUNCTION public.orders_id_trueup_new_of();
ALTER TABLE public.orders ENABLE ALWAYS TRIGGER id_trueup_new;
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size('public.orders'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    WHILE page <= pages LOOP
      UPDATE public.orders SET id_trueup_new = id
        WHERE id_trueup_new IS NULL AND id IS NOT NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
          AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
      GET DIAGNOSTICS done = ROW_COUNT;
      COMMIT;
      found := found + done;
      page := page + 100;
    END LOOP;
    EXIT WHEN found = 0 OR found >= before;
    before := found;
  END LOOP;
  UPDATE public.orders SET id_trueup_new = id WHERE id_trueup_new IS NULL AND id IS NOT NULL;
END$$;
BEGIN;
ALTER TABLE public.orders ADD CONSTRAINT id_trueup_new_is_not_null CHECK (id_trueup_new IS NOT NULL) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.orders VALIDATE CONSTRAINT id_trueup_new_is_not_null;
COMMIT;
CREATE UNIQUE INDEX CONCURRENTLY orders_pkey_new ON public.orders (id_trueup_new);
CREATE UNIQUE INDEX CONCURRENTLY orders_serial_key_new ON public.orders (serial, id_trueup_new);
BEGIN;
ANALYZE public.orders;
COMMIT;
BEGIN;
DROP TRIGGER id_trueup_new ON public.orders;
DROP FUNCTION public.orders_id_trueup_new_of();
ALTER TABLE public.orders DROP COLUMN id;
ALTER TABLE public.orders RENAME COLUMN id_trueup_new TO id;
ALTER TABLE public.orders ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.orders DROP CONSTRAINT id_trueup_new_is_not_null;
ALTER TABLE public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey_new;
ALTER TABLE public.orders ADD CONSTRAINT orders_serial_key UNIQUE USING INDEX orders_serial_key_new;
COMMENT ON COLUMN public.orders.id IS NULL;
ALTER TABLE public.orders ADD COLUMN serial_trueup_new bigint;
COMMENT ON COLUMN public.orders.serial_trueup_new IS 'trueup is making this column, which is to take the place of another one';
CREATE FUNCTION public.orders_serial_trueup_new_of() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.serial_trueup_new := NEW.serial;
  RETURN NEW;
END$$;
CREATE TRIGGER serial_trueup_new BEFORE INSERT OR UPDATE OF serial ON public.orders FOR EACH ROW EXECUTE FUNCTION public.orders_serial_trueup_new_of();
ALTER TABLE public.orders ENABLE ALWAYS TRIGGER serial_trueup_new;
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size('public.orders'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    WHILE page <= pages LOOP
      UPDATE public.orders SET serial_trueup_new = serial
        WHERE serial_trueup_new IS NULL AND serial IS NOT NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
          AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
      GET DIAGNOSTICS done = ROW_COUNT;
      COMMIT;
      found := found + done;
      page := page + 100;
    END LOOP;
    EXIT WHEN found = 0 OR found >= before;
    before := found;
  END LOOP;
  UPDATE public.orders SET serial_trueup_new = serial WHERE serial_trueup_new IS NULL AND serial IS NOT NULL;
END$$;
BEGIN;
ALTER TABLE public.orders ADD CONSTRAINT serial_trueup_new_is_not_null CHECK (serial_trueup_new IS NOT NULL) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.orders VALIDATE CONSTRAINT serial_trueup_new_is_not_null;
COMMIT;
BEGIN;
ALTER TABLE public.orders ADD CONSTRAINT orders_serial_check_new CHECK (((serial_trueup_new > 0) AND (person > 0))) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.orders VALIDATE CONSTRAINT orders_serial_check_new;
COMMIT;
CREATE INDEX CONCURRENTLY orders_person_new ON public.orders USING btree (person, serial_trueup_new) WITH (fillfactor='70') WHERE (person IS NOT NULL);
CREATE UNIQUE INDEX CONCURRENTLY orders_serial_key_new ON public.orders (serial_trueup_new, id);
BEGIN;
ANALYZE public.orders;
COMMIT;
BEGIN;
DROP TRIGGER serial_trueup_new ON public.orders;
DROP FUNCTION public.orders_serial_trueup_new_of();
ALTER SEQUENCE public.orders_serial_seq OWNED BY public.orders.serial_trueup_new;
ALTER TABLE public.orders DROP COLUMN serial;
ALTER TABLE public.orders RENAME COLUMN serial_trueup_new TO serial;
ALTER TABLE public.orders ALTER COLUMN serial SET DEFAULT nextval('public.orders_serial_seq'::regclass);
ALTER TABLE public.orders ALTER COLUMN serial SET NOT NULL;
ALTER TABLE public.orders DROP CONSTRAINT serial_trueup_new_is_not_null;
ALTER TABLE public.orders RENAME CONSTRAINT orders_serial_check_new TO orders_serial_check;
COMMENT ON CONSTRAINT orders_serial_check ON public.orders IS 'Both';
ALTER INDEX public.orders_person_new RENAME TO orders_person;
COMMENT ON INDEX public.orders_person IS 'Whose';
ALTER TABLE public.orders ADD CONSTRAINT orders_serial_key UNIQUE USING INDEX orders_serial_key_new;
COMMENT ON COLUMN public.orders.serial IS NULL;
ALTER SEQUENCE public.orders_serial_seq AS bigint INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1 NO CYCLE;
ALTER TABLE public.orders ADD COLUMN token_trueup_new uuid;
COMMENT ON COLUMN public.orders.token_trueup_new IS 'trueup is making this column, which is to take the place of another one';
CREATE FUNCTION public.orders_token_trueup_new_of() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.token_trueup_new := NEW.token::uuid;
  RETURN NEW;
END$$;
CREATE TRIGGER token_trueup_new BEFORE INSERT OR UPDATE OF token ON public.orders FOR EACH ROW EXECUTE FUNCTION public.orders_token_trueup_new_of();
ALTER TABLE public.orders ENABLE ALWAYS TRIGGER token_trueup_new;
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size('public.orders'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    WHILE page <= pages LOOP
      UPDATE public.orders SET token_trueup_new = token::uuid
        WHERE token_trueup_new IS NULL AND token IS NOT NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
          AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
      GET DIAGNOSTICS done = ROW_COUNT;
      COMMIT;
      found := found + done;
      page := page + 100;
    END LOOP;
    EXIT WHEN found = 0 OR found >= before;
    before := found;
  END LOOP;
  UPDATE public.orders SET token_trueup_new = token::uuid WHERE token_trueup_new IS NULL AND token IS NOT NULL;
END$$;
CREATE INDEX CONCURRENTLY orders_token_new ON public.orders USING btree (token_trueup_new);
BEGIN;
ANALYZE public.orders;
COMMIT;
BEGIN;
DROP TRIGGER token_trueup_new ON public.orders;
DROP FUNCTION public.orders_token_trueup_new_of();
ALTER TABLE public.orders DROP COLUMN token;
ALTER TABLE public.orders RENAME COLUMN token_trueup_new TO token;
ALTER TABLE public.orders ALTER COLUMN token SET DEFAULT '00000000-0000-0000-0000-000000000000'::uuid;
ALTER INDEX public.orders_token_new RENAME TO orders_token;
COMMENT ON COLUMN public.orders.token IS 'Of the caller';
ALTER TABLE public.orders ADD COLUMN person_trueup_new bigint;
COMMENT ON COLUMN public.orders.person_trueup_new IS 'trueup is making this column, which is to take the place of another one';
CREATE FUNCTION public.orders_person_trueup_new_of() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.person_trueup_new := NEW.person;
  RETURN NEW;
END$$;
CREATE TRIGGER person_trueup_new BEFORE INSERT OR UPDATE OF person ON public.orders FOR EACH ROW EXECUTE FUNCTION public.orders_person_trueup_new_of();
ALTER TABLE public.orders ENABLE ALWAYS TRIGGER person_trueup_new;
COMMIT;
DO $$
DECLARE
  pages pg_catalog.int8;
  page pg_catalog.int8;
  done pg_catalog.int8;
  found pg_catalog.int8;
  before pg_catalog.int8;
BEGIN
  LOOP
    pages := pg_catalog.pg_relation_size('public.orders'::pg_catalog.regclass) / pg_catalog.current_setting('block_size')::pg_catalog.int8;
    page := 0;
    found := 0;
    WHILE page <= pages LOOP
      UPDATE public.orders SET person_trueup_new = person
        WHERE person_trueup_new IS NULL AND person IS NOT NULL AND ctid >= pg_catalog.format('(%s,0)', page)::pg_catalog.tid
          AND ctid < pg_catalog.format('(%s,0)', page + 100)::pg_catalog.tid;
      GET DIAGNOSTICS done = ROW_COUNT;
      COMMIT;
      found := found + done;
      page := page + 100;
    END LOOP;
    EXIT WHEN found = 0 OR found >= before;
    before := found;
  END LOOP;
  UPDATE public.orders SET person_trueup_new = person WHERE person_trueup_new IS NULL AND person IS NOT NULL;
END$$;
BEGIN;
ALTER TABLE public.orders ADD CONSTRAINT orders_serial_check_new CHECK (((serial > 0) AND (person_trueup_new > 0))) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.orders VALIDATE CONSTRAINT orders_serial_check_new;
COMMIT;
BEGIN;
ALTER TABLE public.orders ADD CONSTRAINT orders_person_fkey_new FOREIGN KEY (person_trueup_new) REFERENCES public.people(id) ON DELETE CASCADE NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.orders VALIDATE CONSTRAINT orders_person_fkey_new;
COMMIT;
BEGIN;
ALTER TABLE public.orders DROP CONSTRAINT orders_person_fkey;
COMMIT;
CREATE INDEX CONCURRENTLY orders_person_new ON public.orders USING btree (person_trueup_new, serial) WITH (fillfactor='70') WHERE (person_trueup_new IS NOT NULL);
BEGIN;
ANALYZE public.orders;
COMMIT;
BEGIN;
DROP TRIGGER person_trueup_new ON public.orders;
DROP FUNCTION public.orders_person_trueup_new_of();
ALTER TABLE public.orders DROP COLUMN person;
ALTER TABLE public.orders RENAME COLUMN person_trueup_new TO person;
ALTER TABLE public.orders RENAME CONSTRAINT orders_serial_check_new TO orders_serial_check;
COMMENT ON CONSTRAINT orders_serial_check ON public.orders IS 'Both';
ALTER TABLE public.orders RENAME CONSTRAINT orders_person_fkey_new TO orders_person_fkey;
ALTER INDEX public.orders_person_new RENAME TO orders_person;
COMMENT ON INDEX public.orders_person IS 'Whose';
ALTER TABLE ONLY public.orders ALTER COLUMN person SET STATISTICS 200;
COMMENT ON COLUMN public.orders.person IS NULL;
COMMIT;
BEGIN;
ALTER TABLE public.seen ALTER COLUMN n TYPE bigint;
CREATE VIEW public.v_seen (n) AS
 SELECT seen.n
   FROM public.seen;
COMMIT;
