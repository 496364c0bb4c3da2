-- cube, as the extension itself lists its members; written by library.rs.
-- version: 1.5
CREATE TYPE cube;
CREATE TYPE cube (INPUT = cube_in, OUTPUT = cube_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE OPERATOR = (FUNCTION = cube_eq, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(=), NEGATOR = OPERATOR(<>), MERGES);
CREATE OPERATOR <> (FUNCTION = cube_ne, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<>), NEGATOR = OPERATOR(=));
CREATE OPERATOR < (FUNCTION = cube_lt, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=));
CREATE OPERATOR > (FUNCTION = cube_gt, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=));
CREATE OPERATOR <= (FUNCTION = cube_le, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>));
CREATE OPERATOR >= (FUNCTION = cube_ge, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<));
CREATE OPERATOR @> (FUNCTION = cube_contains, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR <@ (FUNCTION = cube_contained, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR && (FUNCTION = cube_overlap, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR <-> (FUNCTION = cube_distance, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <=> (FUNCTION = distance_chebyshev, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<=>));
CREATE OPERATOR <#> (FUNCTION = distance_taxicab, LEFTARG = cube, RIGHTARG = cube, COMMUTATOR = OPERATOR(<#>));
CREATE OPERATOR -> (FUNCTION = cube_coord, LEFTARG = cube, RIGHTARG = integer);
CREATE OPERATOR ~> (FUNCTION = cube_coord_llur, LEFTARG = cube, RIGHTARG = integer);
CREATE OPERATOR CLASS cube_ops DEFAULT FOR TYPE cube USING btree AS OPERATOR 1 <(cube,cube), OPERATOR 2 <=(cube,cube), OPERATOR 3 =(cube,cube), OPERATOR 4 >=(cube,cube), OPERATOR 5 >(cube,cube), FUNCTION 1 cube_cmp(cube,cube);
CREATE OPERATOR CLASS gist_cube_ops DEFAULT FOR TYPE cube USING gist AS OPERATOR 3 &&(cube,cube), OPERATOR 6 =(cube,cube), OPERATOR 7 @>(cube,cube), OPERATOR 8 <@(cube,cube), OPERATOR 15 ~>(cube,integer) FOR ORDER BY pg_catalog.float_ops, OPERATOR 16 <#>(cube,cube) FOR ORDER BY pg_catalog.float_ops, OPERATOR 17 <->(cube,cube) FOR ORDER BY pg_catalog.float_ops, OPERATOR 18 <=>(cube,cube) FOR ORDER BY pg_catalog.float_ops;
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  cube(cube, double precision) -> cube
  cube(cube, double precision, double precision) -> cube
  cube(double precision) -> cube
  cube(double precision, double precision) -> cube
  cube(double precision[]) -> cube
  cube(double precision[], double precision[]) -> cube
  cube_cmp(cube, cube) -> integer
  cube_contained(cube, cube) -> boolean
  cube_contains(cube, cube) -> boolean
  cube_coord(cube, integer) -> double precision
  cube_coord_llur(cube, integer) -> double precision
  cube_dim(cube) -> integer
  cube_distance(cube, cube) -> double precision
  cube_enlarge(cube, double precision, integer) -> cube
  cube_eq(cube, cube) -> boolean
  cube_ge(cube, cube) -> boolean
  cube_gt(cube, cube) -> boolean
  cube_inter(cube, cube) -> cube
  cube_is_point(cube) -> boolean
  cube_le(cube, cube) -> boolean
  cube_ll_coord(cube, integer) -> double precision
  cube_lt(cube, cube) -> boolean
  cube_ne(cube, cube) -> boolean
  cube_overlap(cube, cube) -> boolean
  cube_send(cube) -> bytea
  cube_size(cube) -> double precision
  cube_subset(cube, integer[]) -> cube
  cube_union(cube, cube) -> cube
  cube_ur_coord(cube, integer) -> double precision
  distance_chebyshev(cube, cube) -> double precision
  distance_taxicab(cube, cube) -> double precision
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  cube_in(cstring) -> cube
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  cube_out(cube) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  cube_recv(internal) -> cube
  g_cube_consistent(internal, cube, smallint, oid, internal) -> boolean
  g_cube_distance(internal, cube, smallint, oid, internal) -> double precision
  g_cube_penalty(internal, internal, internal) -> internal
  g_cube_picksplit(internal, internal) -> internal
  g_cube_same(cube, cube, internal) -> internal
  g_cube_union(internal, internal) -> cube
