-- tablefunc, as the extension itself lists its members; written by library.rs.
-- version: 1.0
CREATE TYPE tablefunc_crosstab_2 AS (row_name text, category_1 text, category_2 text);
CREATE TYPE tablefunc_crosstab_3 AS (row_name text, category_1 text, category_2 text, category_3 text);
CREATE TYPE tablefunc_crosstab_4 AS (row_name text, category_1 text, category_2 text, category_3 text, category_4 text);
CREATE FUNCTION % RETURNS % STABLE STRICT LANGUAGE sql AS 'SELECT NULL':
  connectby(text, text, text, text, integer) -> SETOF record
  connectby(text, text, text, text, integer, text) -> SETOF record
  connectby(text, text, text, text, text, integer) -> SETOF record
  connectby(text, text, text, text, text, integer, text) -> SETOF record
  crosstab(text) -> SETOF record
  crosstab(text, integer) -> SETOF record
  crosstab(text, text) -> SETOF record
  crosstab2(text) -> SETOF tablefunc_crosstab_2
  crosstab3(text) -> SETOF tablefunc_crosstab_3
  crosstab4(text) -> SETOF tablefunc_crosstab_4
CREATE FUNCTION % RETURNS % VOLATILE STRICT LANGUAGE sql AS 'SELECT NULL':
  normal_rand(integer, double precision, double precision) -> SETOF double precision
