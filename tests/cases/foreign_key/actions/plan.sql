SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.agents DROP CONSTRAINT agents_gone_fkey;
ALTER TABLE public.agents DROP CONSTRAINT agents_tenant_fkey;
ALTER TABLE public.agents ADD CONSTRAINT agents_parent_fkey FOREIGN KEY (parent_id) REFERENCES public.agents(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.agents ADD CONSTRAINT agents_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON UPDATE CASCADE ON DELETE SET NULL;
COMMIT;
