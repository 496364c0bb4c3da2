SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE public.a IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.a_kept AS SELECT id, b FROM public.a WHERE tableoid NOT IN ('public.a_1'::pg_catalog.regclass, 'public.a_1_1'::pg_catalog.regclass);
LOCK TABLE public.a_1 IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.a_1_kept AS SELECT b, id FROM public.a_1 WHERE tableoid NOT IN ('public.a_1_1'::pg_catalog.regclass);
ALTER TABLE public.a_1 DETACH PARTITION public.a_1_1;
ALTER TABLE public.a_1_1 DROP CONSTRAINT a_1_1_pkey;
ALTER TABLE public.a DETACH PARTITION public.a_2;
ALTER TABLE public.a_2 DROP CONSTRAINT a_2_pkey;
DROP TABLE public.a_1;
DROP TABLE public.a;
TRUNCATE public.a_2;
CREATE TABLE public.a (
    id bigint NOT NULL,
    b text,
    CONSTRAINT a_pkey PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE TABLE public.a_1 PARTITION OF public.a FOR VALUES FROM ('1') TO ('10') PARTITION BY LIST (id);
ALTER TABLE public.a_1_1 ALTER COLUMN id TYPE bigint;
ALTER TABLE public.a_1 ATTACH PARTITION public.a_1_1 DEFAULT;
INSERT INTO public.a_1 (b, id)
SELECT b, id FROM public.a_1_kept;
DROP TABLE public.a_1_kept;
ALTER TABLE public.a_2 ALTER COLUMN id TYPE bigint;
ALTER TABLE public.a ATTACH PARTITION public.a_2 FOR VALUES FROM ('10') TO ('20');
INSERT INTO public.a (id, b)
SELECT id, b FROM public.a_kept;
DROP TABLE public.a_kept;
COMMIT;
