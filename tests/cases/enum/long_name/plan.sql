SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TYPE public.an_enum_whose_name_is_as_long_as_the_names_of_postgresql_can_be RENAME TO an_enum_whose_name_is_as_long_as_the_names_of_postgresql_c__old;
CREATE TYPE public.an_enum_whose_name_is_as_long_as_the_names_of_postgresql_can_be AS ENUM ('a', 'b');
ALTER TABLE public.t ALTER COLUMN a TYPE public.an_enum_whose_name_is_as_long_as_the_names_of_postgresql_can_be USING a::text::public.an_enum_whose_name_is_as_long_as_the_names_of_postgresql_can_be;
DROP TYPE public.an_enum_whose_name_is_as_long_as_the_names_of_postgresql_c__old;
COMMIT;
