SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER FOREIGN DATA WRAPPER files RENAME TO papers;
ALTER SERVER here RENAME TO there;
COMMIT;
