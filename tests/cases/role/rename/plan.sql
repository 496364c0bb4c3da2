SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER ROLE case_role_group_old RENAME TO case_role_group_new;
ALTER ROLE case_role_old RENAME TO case_role_new;
COMMIT;
