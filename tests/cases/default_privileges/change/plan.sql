SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.a (
    id integer
);
GRANT INSERT ON TABLE public.a TO app_reader;
GRANT ALL ON TABLE public.a TO app_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT INSERT ON TABLES TO app_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES TO app_writer;
COMMIT;
