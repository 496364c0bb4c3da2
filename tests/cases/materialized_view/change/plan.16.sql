SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP MATERIALIZED VIEW public.mv_gone;
DROP VIEW public.v;
DROP MATERIALIZED VIEW public.mv;
CREATE MATERIALIZED VIEW public.mv (agent, n, cost) AS
 SELECT agent,
    count(*) AS n,
    sum(cost) AS cost
   FROM public.runs
  GROUP BY agent;
CREATE UNIQUE INDEX mv_key ON public.mv USING btree (agent);
CREATE INDEX mv_n ON public.mv USING btree (n);
CREATE VIEW public.v (n) AS
 SELECT n
   FROM public.mv;
CREATE MATERIALIZED VIEW public.mv_fresh (agent) WITH (fillfactor='90') AS
 SELECT agent
   FROM public.runs;
COMMENT ON MATERIALIZED VIEW public.mv IS 'Use by agent';
COMMIT;
