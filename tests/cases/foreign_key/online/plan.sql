SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.agents ADD CONSTRAINT agents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE public.agents VALIDATE CONSTRAINT agents_tenant_id_fkey;
COMMIT;
