-- hstore, as the extension itself lists its members; written by library.rs.
-- version: 1.8
CREATE TYPE hstore;
CREATE TYPE ghstore;
CREATE TYPE hstore (INPUT = hstore_in, OUTPUT = hstore_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE ghstore (INPUT = ghstore_in, OUTPUT = ghstore_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE CAST (text[] AS hstore) WITH FUNCTION hstore(text[]);
CREATE CAST (hstore AS json) WITH FUNCTION hstore_to_json(hstore);
CREATE CAST (hstore AS jsonb) WITH FUNCTION hstore_to_jsonb(hstore);
CREATE OPERATOR -> (FUNCTION = fetchval, LEFTARG = hstore, RIGHTARG = text);
CREATE OPERATOR -> (FUNCTION = slice_array, LEFTARG = hstore, RIGHTARG = text[]);
CREATE OPERATOR ? (FUNCTION = exist, LEFTARG = hstore, RIGHTARG = text);
CREATE OPERATOR ?| (FUNCTION = exists_any, LEFTARG = hstore, RIGHTARG = text[]);
CREATE OPERATOR ?& (FUNCTION = exists_all, LEFTARG = hstore, RIGHTARG = text[]);
CREATE OPERATOR - (FUNCTION = delete, LEFTARG = hstore, RIGHTARG = text);
CREATE OPERATOR - (FUNCTION = delete, LEFTARG = hstore, RIGHTARG = text[]);
CREATE OPERATOR - (FUNCTION = delete, LEFTARG = hstore, RIGHTARG = hstore);
CREATE OPERATOR || (FUNCTION = hs_concat, LEFTARG = hstore, RIGHTARG = hstore);
CREATE OPERATOR @> (FUNCTION = hs_contains, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR <@ (FUNCTION = hs_contained, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR %% (FUNCTION = hstore_to_array, RIGHTARG = hstore);
CREATE OPERATOR %# (FUNCTION = hstore_to_matrix, RIGHTARG = hstore);
CREATE OPERATOR #= (FUNCTION = populate_record, LEFTARG = anyelement, RIGHTARG = hstore);
CREATE OPERATOR = (FUNCTION = hstore_eq, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(=), NEGATOR = OPERATOR(<>), HASHES, MERGES);
CREATE OPERATOR <> (FUNCTION = hstore_ne, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(<>), NEGATOR = OPERATOR(=));
CREATE OPERATOR #># (FUNCTION = hstore_gt, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(#<#), NEGATOR = OPERATOR(#<=#));
CREATE OPERATOR #>=# (FUNCTION = hstore_ge, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(#<=#), NEGATOR = OPERATOR(#<#));
CREATE OPERATOR #<# (FUNCTION = hstore_lt, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(#>#), NEGATOR = OPERATOR(#>=#));
CREATE OPERATOR #<=# (FUNCTION = hstore_le, LEFTARG = hstore, RIGHTARG = hstore, COMMUTATOR = OPERATOR(#>=#), NEGATOR = OPERATOR(#>#));
CREATE OPERATOR CLASS btree_hstore_ops DEFAULT FOR TYPE hstore USING btree AS OPERATOR 1 #<#(hstore,hstore), OPERATOR 2 #<=#(hstore,hstore), OPERATOR 3 =(hstore,hstore), OPERATOR 4 #>=#(hstore,hstore), OPERATOR 5 #>#(hstore,hstore), FUNCTION 1 hstore_cmp(hstore,hstore);
CREATE OPERATOR CLASS hash_hstore_ops DEFAULT FOR TYPE hstore USING hash AS OPERATOR 1 =(hstore,hstore), FUNCTION 1 hstore_hash(hstore);
CREATE OPERATOR CLASS gist_hstore_ops DEFAULT FOR TYPE hstore USING gist AS OPERATOR 7 @>(hstore,hstore), OPERATOR 9 ?(hstore,text), OPERATOR 10 ?|(hstore,text[]), OPERATOR 11 ?&(hstore,text[]), STORAGE ghstore;
CREATE OPERATOR CLASS gin_hstore_ops DEFAULT FOR TYPE hstore USING gin AS OPERATOR 7 @>(hstore,hstore), OPERATOR 9 ?(hstore,text), OPERATOR 10 ?|(hstore,text[]), OPERATOR 11 ?&(hstore,text[]), STORAGE text;
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE:
  hstore(text, text) -> hstore
  hstore(text[], text[]) -> hstore
  populate_record(anyelement, hstore) -> anyelement
  tconvert(text, text) -> hstore
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  ghstore_options(internal) -> void
  hstore(record) -> hstore
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  akeys(hstore) -> text[]
  avals(hstore) -> text[]
  defined(hstore, text) -> boolean
  delete(hstore, hstore) -> hstore
  delete(hstore, text) -> hstore
  delete(hstore, text[]) -> hstore
  exist(hstore, text) -> boolean
  exists_all(hstore, text[]) -> boolean
  exists_any(hstore, text[]) -> boolean
  fetchval(hstore, text) -> text
  hs_concat(hstore, hstore) -> hstore
  hs_contained(hstore, hstore) -> boolean
  hs_contains(hstore, hstore) -> boolean
  hstore(text[]) -> hstore
  hstore_cmp(hstore, hstore) -> integer
  hstore_eq(hstore, hstore) -> boolean
  hstore_ge(hstore, hstore) -> boolean
  hstore_gt(hstore, hstore) -> boolean
  hstore_hash(hstore) -> integer
  hstore_hash_extended(hstore, bigint) -> bigint
  hstore_le(hstore, hstore) -> boolean
  hstore_lt(hstore, hstore) -> boolean
  hstore_ne(hstore, hstore) -> boolean
  hstore_send(hstore) -> bytea
  hstore_to_array(hstore) -> text[]
  hstore_to_json(hstore) -> json
  hstore_to_json_loose(hstore) -> json
  hstore_to_jsonb(hstore) -> jsonb
  hstore_to_jsonb_loose(hstore) -> jsonb
  hstore_to_matrix(hstore) -> text[]
  hstore_version_diag(hstore) -> integer
  isdefined(hstore, text) -> boolean
  isexists(hstore, text) -> boolean
  slice(hstore, text[]) -> hstore
  slice_array(hstore, text[]) -> text[]
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  ghstore_in(cstring) -> ghstore
  hstore_in(cstring) -> hstore
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  ghstore_out(ghstore) -> cstring
  hstore_out(hstore) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  ghstore_compress(internal) -> internal
  ghstore_consistent(internal, hstore, smallint, oid, internal) -> boolean
  ghstore_decompress(internal) -> internal
  ghstore_penalty(internal, internal, internal) -> internal
  ghstore_picksplit(internal, internal) -> internal
  ghstore_same(ghstore, ghstore, internal) -> internal
  ghstore_union(internal, internal) -> ghstore
  gin_consistent_hstore(internal, smallint, hstore, integer, internal, internal) -> boolean
  gin_extract_hstore(hstore, internal) -> internal
  gin_extract_hstore_query(hstore, internal, smallint, internal, internal) -> internal
  hstore_recv(internal) -> hstore
  hstore_subscript_handler(internal) -> internal
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS 'SELECT NULL':
  each(hs hstore, OUT key text, OUT value text) -> SETOF record
  skeys(hstore) -> SETOF text
  svals(hstore) -> SETOF text
