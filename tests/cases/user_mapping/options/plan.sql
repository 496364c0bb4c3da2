SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET "user" '${secret:3fc4ccfe7458}');
COMMIT;
