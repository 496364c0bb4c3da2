CREATE SCHEMA shapes;
SET search_path = shapes;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN short AS varchar(20) DEFAULT 'x';
CREATE TABLE a (
  id int PRIMARY KEY, plain text DEFAULT 'it''s "x" \', breaks varchar(10) DEFAULT E'tab\tline\n', sorted text COLLATE "C",
  who name DEFAULT current_user, list int[] DEFAULT '{1,2}', data jsonb DEFAULT '{"a": "b"}', mood mood DEFAULT 'ok', short short,
  doubled int GENERATED ALWAYS AS (CASE WHEN id > 0 THEN id * 2 ELSE 0 END) STORED, made timestamptz DEFAULT now(), span int4range,
  place point, "Odd Name" int DEFAULT 3, words tsvector, tiny int DEFAULT -1,
  chosen text DEFAULT (CASE WHEN now() > '2000-01-01' THEN 'a' ELSE 'b' END));
CREATE INDEX plain_idx ON a (plain);
CREATE INDEX orders ON a (breaks DESC, sorted NULLS FIRST, id DESC NULLS LAST);
CREATE INDEX classes ON a (plain text_pattern_ops, breaks varchar_pattern_ops DESC);
CREATE INDEX collations ON a (plain COLLATE "C", sorted COLLATE "default", sorted);
CREATE INDEX call ON a (lower(plain));
CREATE INDEX expression ON a ((lower(plain) || breaks) COLLATE "C" DESC);
CREATE INDEX more_expressions ON a ((id + 1), (plain::varchar), (who::text), upper(sorted));
CREATE INDEX cases ON a ((CASE WHEN id > 1 THEN 'x' ELSE plain END)) WHERE (CASE WHEN id > 1 THEN true ELSE false END);
CREATE INDEX included ON a (id) INCLUDE (plain, breaks);
CREATE UNIQUE INDEX partial ON a ("Odd Name") WHERE plain <> 'x' AND breaks IS NOT NULL;
CREATE INDEX gin_class ON a USING gin (data jsonb_path_ops);
CREATE INDEX gin_plain ON a USING gin (data, list);
CREATE INDEX gist_idx ON a USING gist (span, place);
CREATE INDEX gist_options ON a USING gist (words tsvector_ops (siglen = 100));
CREATE INDEX brin_idx ON a USING brin (id int4_minmax_multi_ops (values_per_range = 8));
CREATE INDEX hash_idx ON a USING hash (plain);
CREATE INDEX filled ON a USING spgist (plain) WITH (fillfactor = 70);
CREATE INDEX types ON a (mood, short, who);
CREATE INDEX "Odd Index" ON a ("Odd Name" DESC NULLS LAST);
CREATE INDEX counted ON a ((id * 3));
ALTER INDEX counted ALTER COLUMN 1 SET STATISTICS 200;
CREATE UNIQUE INDEX identity ON a (id, "Odd Name");
ALTER TABLE a ALTER "Odd Name" SET NOT NULL, REPLICA IDENTITY USING INDEX identity;
CREATE INDEX clustered ON a (breaks);
CLUSTER a USING clustered;
CREATE TABLE "Odd Table" (
  id int, up int REFERENCES a ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, other int,
  CONSTRAINT "Odd Constraint" UNIQUE (id, up) INCLUDE (other) DEFERRABLE,
  EXCLUDE USING gist (int4range(id, other) WITH &&) WHERE (id > 0), CHECK (id > 0) NO INHERIT,
  CONSTRAINT cases CHECK ((CASE WHEN id > 1 THEN up ELSE other END) > 0));
ALTER TABLE "Odd Table" ADD CONSTRAINT later CHECK (other > 0) NOT VALID;
ALTER TABLE "Odd Table" ADD CONSTRAINT full_match FOREIGN KEY (other) REFERENCES a (id) MATCH FULL ON UPDATE SET NULL NOT VALID;
ALTER TABLE "Odd Table" ADD CONSTRAINT keyed PRIMARY KEY (other);
ALTER TABLE "Odd Table" CLUSTER ON keyed;
ALTER TABLE "Odd Table" REPLICA IDENTITY USING INDEX keyed;
CREATE TABLE parts (id int, name text DEFAULT 'z') PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE INDEX on_parts ON parts (name);
CREATE INDEX only_parts ON ONLY parts (id, name);
ALTER TABLE parts ADD CONSTRAINT parts_pkey PRIMARY KEY (id), ADD CHECK (id >= 0);
CREATE MATERIALIZED VIEW seen AS SELECT id, plain FROM a;
CREATE UNIQUE INDEX seen_idx ON seen (id);
CREATE VIEW shown AS SELECT * FROM a;
ALTER VIEW shown ALTER plain SET DEFAULT 'view';
