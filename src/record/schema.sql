-- The record's first form. Times are the server's own. What an object was and became is JSON as in snapshots.
CREATE TABLE trueup.meta (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  version integer NOT NULL
);
INSERT INTO trueup.meta (version) VALUES (1);
-- One row for each apply and each rollback. Of its phases the first `phases` are done; the row of a phase that runs in a
-- transaction is changed in that transaction.
CREATE TABLE trueup.apply (
  number bigint PRIMARY KEY,
  undoes bigint REFERENCES trueup.apply ON DELETE SET NULL,
  started timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  ended timestamp with time zone,
  state text NOT NULL CHECK (state IN ('running', 'done', 'different', 'failed', 'interrupted')),
  role text NOT NULL,
  who json NOT NULL,
  trueup text NOT NULL,
  model text,
  commit text,
  plan json NOT NULL,
  phases integer NOT NULL DEFAULT 0,
  of_phases integer NOT NULL,
  message text,
  checks json
);
-- What an apply touches: as it was, as it becomes with the phase that touches it last.
CREATE TABLE trueup.object (
  apply bigint NOT NULL REFERENCES trueup.apply ON DELETE CASCADE,
  id text NOT NULL,
  was json,
  became json,
  phase integer NOT NULL,
  PRIMARY KEY (apply, id)
);
-- What was last agreed: the objects in scope as the last apply left them.
CREATE TABLE trueup.agreed (
  id text PRIMARY KEY,
  state json NOT NULL
);
-- Models that are not applied again until somebody says so: what they ask for was taken back.
CREATE TABLE trueup.hold (
  model text PRIMARY KEY,
  apply bigint NOT NULL REFERENCES trueup.apply ON DELETE CASCADE
);
-- Tables in this schema that hold what was in dropped tables and columns, until when, and the columns with their types.
CREATE TABLE trueup.kept (
  relation text PRIMARY KEY,
  object text NOT NULL,
  apply bigint NOT NULL,
  until timestamp with time zone NOT NULL,
  columns json NOT NULL
);
