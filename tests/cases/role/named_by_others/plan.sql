SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE ROLE case_role_owner NOLOGIN;
CREATE ROLE case_role_reader LOGIN CONNECTION LIMIT 3 PASSWORD '${secret:06d50d4ed8af}';
ALTER TABLE public.kept ENABLE ROW LEVEL SECURITY;
CREATE TABLE public.new (
    id integer
);
CREATE POLICY reads ON public.kept FOR SELECT TO case_role_reader USING (true);
ALTER TABLE public.new OWNER TO case_role_owner;
REVOKE SELECT ON TABLE public.kept FROM case_role_gone;
GRANT SELECT ON TABLE public.kept TO case_role_reader;
GRANT SELECT ON TABLE public.new TO case_role_reader;
COMMENT ON ROLE case_role_reader IS 'Reads';
DROP ROLE case_role_gone;
COMMIT;
