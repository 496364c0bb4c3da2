SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER SCHEMA old RENAME TO new;
ALTER TABLE new.orders RENAME TO sales;
ALTER INDEX new.orders_state RENAME TO sales_state;
ALTER TABLE new.sales RENAME CONSTRAINT orders_pkey TO sales_pkey;
ALTER SEQUENCE new.orders_id_seq RENAME TO sales_id_seq;
CREATE OR REPLACE FUNCTION new.next_state(new.state)
 RETURNS new.state
LANGUAGE sql
 IMMUTABLE
AS $$select 'closed'::new.state$$;
COMMIT;
