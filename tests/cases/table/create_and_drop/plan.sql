SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TABLE public.gone;
CREATE TABLE public.empty ();
CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    email text NOT NULL,
    age integer,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_age_check CHECK ((age > 0))
);
CREATE INDEX idx_users_tenant ON public.users USING btree (tenant_id);
ALTER TABLE public.users ADD CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
COMMENT ON TABLE public.users IS 'People';
COMMIT;
