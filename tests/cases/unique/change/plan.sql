SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP CONSTRAINT a_gone_key;
ALTER TABLE public.a DROP CONSTRAINT a_slug_key;
ALTER TABLE public.a ADD CONSTRAINT a_id_key UNIQUE (id) INCLUDE (slug) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.a ADD CONSTRAINT a_slug_key UNIQUE (tenant, slug);
COMMIT;
