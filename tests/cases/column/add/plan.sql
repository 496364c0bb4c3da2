SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.agents ADD COLUMN name text DEFAULT ''::text NOT NULL;
ALTER TABLE public.agents ADD COLUMN settings jsonb DEFAULT '{}'::jsonb;
ALTER TABLE public.agents ADD COLUMN code character varying(8) COLLATE pg_catalog."C";
COMMENT ON COLUMN public.agents.settings IS 'Free form';
COMMIT;
