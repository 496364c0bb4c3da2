-- pg_trgm, as the extension itself lists its members; written by library.rs.
-- version: 1.6
CREATE TYPE gtrgm;
CREATE TYPE gtrgm (INPUT = gtrgm_in, OUTPUT = gtrgm_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE OPERATOR % (FUNCTION = similarity_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(%));
CREATE OPERATOR <% (FUNCTION = word_similarity_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(%>));
CREATE OPERATOR %> (FUNCTION = word_similarity_commutator_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<%));
CREATE OPERATOR <-> (FUNCTION = similarity_dist, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <<-> (FUNCTION = word_similarity_dist_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<->>));
CREATE OPERATOR <->> (FUNCTION = word_similarity_dist_commutator_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<<->));
CREATE OPERATOR <<% (FUNCTION = strict_word_similarity_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(%>>));
CREATE OPERATOR %>> (FUNCTION = strict_word_similarity_commutator_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<<%));
CREATE OPERATOR <<<-> (FUNCTION = strict_word_similarity_dist_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<->>>));
CREATE OPERATOR <->>> (FUNCTION = strict_word_similarity_dist_commutator_op, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(<<<->));
CREATE OPERATOR CLASS gist_trgm_ops FOR TYPE text USING gist AS OPERATOR 1 %(text,text), OPERATOR 2 <->(text,text) FOR ORDER BY pg_catalog.float_ops, OPERATOR 3 ~~(text,text), OPERATOR 4 ~~*(text,text), OPERATOR 5 ~(text,text), OPERATOR 6 ~*(text,text), OPERATOR 7 %>(text,text), OPERATOR 8 <->>(text,text) FOR ORDER BY pg_catalog.float_ops, OPERATOR 9 %>>(text,text), OPERATOR 10 <->>>(text,text) FOR ORDER BY pg_catalog.float_ops, OPERATOR 11 =(text,text), STORAGE gtrgm;
CREATE OPERATOR CLASS gin_trgm_ops FOR TYPE text USING gin AS OPERATOR 1 %(text,text), OPERATOR 3 ~~(text,text), OPERATOR 4 ~~*(text,text), OPERATOR 5 ~(text,text), OPERATOR 6 ~*(text,text), OPERATOR 7 %>(text,text), OPERATOR 9 %>>(text,text), OPERATOR 11 =(text,text), STORAGE integer;
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  gtrgm_options(internal) -> void
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  show_trgm(text) -> text[]
  similarity(text, text) -> real
  similarity_dist(text, text) -> real
  strict_word_similarity(text, text) -> real
  strict_word_similarity_dist_commutator_op(text, text) -> real
  strict_word_similarity_dist_op(text, text) -> real
  word_similarity(text, text) -> real
  word_similarity_dist_commutator_op(text, text) -> real
  word_similarity_dist_op(text, text) -> real
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  gtrgm_in(cstring) -> gtrgm
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  gtrgm_out(gtrgm) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal) -> internal
  gin_extract_value_trgm(text, internal) -> internal
  gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal) -> boolean
  gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal) -> "char"
  gtrgm_compress(internal) -> internal
  gtrgm_consistent(internal, text, smallint, oid, internal) -> boolean
  gtrgm_decompress(internal) -> internal
  gtrgm_distance(internal, text, smallint, oid, internal) -> double precision
  gtrgm_penalty(internal, internal, internal) -> internal
  gtrgm_picksplit(internal, internal) -> internal
  gtrgm_same(gtrgm, gtrgm, internal) -> internal
  gtrgm_union(internal, internal) -> gtrgm
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE:
  show_limit() -> real
  similarity_op(text, text) -> boolean
  strict_word_similarity_commutator_op(text, text) -> boolean
  strict_word_similarity_op(text, text) -> boolean
  word_similarity_commutator_op(text, text) -> boolean
  word_similarity_op(text, text) -> boolean
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  set_limit(real) -> real
