SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER PUBLICATION all_app RENAME TO apps;
ALTER PUBLICATION all_orders RENAME TO sales;
ALTER PUBLICATION sales DROP TABLE ONLY public.orders;
ALTER PUBLICATION sales ADD TABLE ONLY public.customers;
COMMIT;
