-- intarray, as the extension itself lists its members; written by library.rs.
-- version: 1.5
CREATE TYPE query_int;
CREATE TYPE intbig_gkey;
CREATE TYPE query_int (INPUT = bqarr_in, OUTPUT = bqarr_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE intbig_gkey (INPUT = _intbig_in, OUTPUT = _intbig_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE OPERATOR @@ (FUNCTION = boolop, LEFTARG = integer[], RIGHTARG = query_int, COMMUTATOR = OPERATOR(~~));
CREATE OPERATOR ~~ (FUNCTION = rboolop, LEFTARG = query_int, RIGHTARG = integer[], COMMUTATOR = OPERATOR(@@));
CREATE OPERATOR @> (FUNCTION = _int_contains, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR <@ (FUNCTION = _int_contained, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR && (FUNCTION = _int_overlap, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR | (FUNCTION = _int_union, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(|));
CREATE OPERATOR & (FUNCTION = _int_inter, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(&));
CREATE OPERATOR # (FUNCTION = icount, RIGHTARG = integer[]);
CREATE OPERATOR # (FUNCTION = idx, LEFTARG = integer[], RIGHTARG = integer);
CREATE OPERATOR + (FUNCTION = intarray_push_elem, LEFTARG = integer[], RIGHTARG = integer);
CREATE OPERATOR + (FUNCTION = intarray_push_array, LEFTARG = integer[], RIGHTARG = integer[], COMMUTATOR = OPERATOR(+));
CREATE OPERATOR - (FUNCTION = intarray_del_elem, LEFTARG = integer[], RIGHTARG = integer);
CREATE OPERATOR | (FUNCTION = intset_union_elem, LEFTARG = integer[], RIGHTARG = integer);
CREATE OPERATOR - (FUNCTION = intset_subtract, LEFTARG = integer[], RIGHTARG = integer[]);
CREATE OPERATOR CLASS gist__int_ops DEFAULT FOR TYPE integer[] USING gist AS OPERATOR 3 &&(integer[],integer[]), OPERATOR 7 @>(integer[],integer[]), OPERATOR 20 @@(integer[],query_int);
CREATE OPERATOR CLASS gist__intbig_ops FOR TYPE integer[] USING gist AS OPERATOR 3 &&(integer[],integer[]), OPERATOR 7 @>(integer[],integer[]), OPERATOR 20 @@(integer[],query_int), STORAGE intbig_gkey;
CREATE OPERATOR CLASS gin__int_ops FOR TYPE integer[] USING gin AS OPERATOR 3 &&(integer[],integer[]), OPERATOR 7 @>(integer[],integer[]), OPERATOR 8 <@(integer[],integer[]), OPERATOR 20 @@(integer[],query_int), STORAGE integer;
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  g_int_options(internal) -> void
  g_intbig_options(internal) -> void
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  _int_contained(integer[], integer[]) -> boolean
  _int_contains(integer[], integer[]) -> boolean
  _int_different(integer[], integer[]) -> boolean
  _int_inter(integer[], integer[]) -> integer[]
  _int_overlap(integer[], integer[]) -> boolean
  _int_same(integer[], integer[]) -> boolean
  _int_union(integer[], integer[]) -> integer[]
  boolop(integer[], query_int) -> boolean
  icount(integer[]) -> integer
  idx(integer[], integer) -> integer
  intarray_del_elem(integer[], integer) -> integer[]
  intarray_push_array(integer[], integer[]) -> integer[]
  intarray_push_elem(integer[], integer) -> integer[]
  intset(integer) -> integer[]
  intset_subtract(integer[], integer[]) -> integer[]
  intset_union_elem(integer[], integer) -> integer[]
  querytree(query_int) -> text
  rboolop(query_int, integer[]) -> boolean
  sort(integer[]) -> integer[]
  sort(integer[], text) -> integer[]
  sort_asc(integer[]) -> integer[]
  sort_desc(integer[]) -> integer[]
  subarray(integer[], integer) -> integer[]
  subarray(integer[], integer, integer) -> integer[]
  uniq(integer[]) -> integer[]
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  _intbig_in(cstring) -> intbig_gkey
  bqarr_in(cstring) -> query_int
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  _intbig_out(intbig_gkey) -> cstring
  bqarr_out(query_int) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  g_int_compress(internal) -> internal
  g_int_consistent(internal, integer[], smallint, oid, internal) -> boolean
  g_int_decompress(internal) -> internal
  g_int_penalty(internal, internal, internal) -> internal
  g_int_picksplit(internal, internal) -> internal
  g_int_same(integer[], integer[], internal) -> internal
  g_int_union(internal, internal) -> integer[]
  g_intbig_compress(internal) -> internal
  g_intbig_consistent(internal, integer[], smallint, oid, internal) -> boolean
  g_intbig_decompress(internal) -> internal
  g_intbig_penalty(internal, internal, internal) -> internal
  g_intbig_picksplit(internal, internal) -> internal
  g_intbig_same(intbig_gkey, intbig_gkey, internal) -> internal
  g_intbig_union(internal, internal) -> intbig_gkey
  ginint4_consistent(internal, smallint, integer[], integer, internal, internal, internal, internal) -> boolean
  ginint4_queryextract(integer[], internal, smallint, internal, internal, internal, internal) -> internal
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  _int_contained_joinsel(internal, oid, internal, smallint, internal) -> double precision
  _int_contained_sel(internal, oid, internal, integer) -> double precision
  _int_contains_joinsel(internal, oid, internal, smallint, internal) -> double precision
  _int_contains_sel(internal, oid, internal, integer) -> double precision
  _int_matchsel(internal, oid, internal, integer) -> double precision
  _int_overlap_joinsel(internal, oid, internal, smallint, internal) -> double precision
  _int_overlap_sel(internal, oid, internal, integer) -> double precision
