SET check_function_bodies = off;
SET search_path = '';
BEGIN;
REVOKE SET ON PARAMETER session_replication_role FROM app_writer;
GRANT ALL ON PARAMETER log_min_messages TO app_auditor;
GRANT SET ON PARAMETER log_min_messages TO app_reader WITH GRANT OPTION;
COMMIT;
