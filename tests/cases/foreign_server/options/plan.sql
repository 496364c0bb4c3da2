SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE SERVER fresh FOREIGN DATA WRAPPER w;
ALTER SERVER s OPTIONS (SET host 'two', ADD port '5433');
COMMIT;
