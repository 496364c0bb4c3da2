SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TYPE public.e;
CREATE TABLE public.a_table_with_a_name_that_is_as_long_as_names_can_be_in_postgres (
    id integer CONSTRAINT a_table_with_a_name_that_is_as_long_as_names_can_be_id_not_null NOT NULL,
    CONSTRAINT a_table_with_a_name_that_is_as_long_as_names_can_be_in_pos_pkey PRIMARY KEY (id)
);
COMMIT;
