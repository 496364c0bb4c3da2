SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v_top;
DROP VIEW public.v_agents;
ALTER TABLE public.agents ALTER COLUMN score TYPE bigint;
ALTER TABLE public.agents ALTER COLUMN label TYPE character varying(40);
CREATE VIEW public.v_agents (id, score) AS
 SELECT id,
    score
   FROM public.agents;
CREATE VIEW public.v_top (id) AS
 SELECT id
   FROM public.v_agents
  WHERE (score > 10);
GRANT SELECT ON TABLE public.v_agents TO app_reader;
COMMENT ON VIEW public.v_agents IS 'What is scored';
COMMIT;
