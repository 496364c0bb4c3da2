-- ltree, as the extension itself lists its members; written by library.rs.
-- version: 1.2
CREATE TYPE ltree;
CREATE TYPE lquery;
CREATE TYPE ltxtquery;
CREATE TYPE ltree_gist;
CREATE TYPE ltree (INPUT = ltree_in, OUTPUT = ltree_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE lquery (INPUT = lquery_in, OUTPUT = lquery_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE ltxtquery (INPUT = ltxtq_in, OUTPUT = ltxtq_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE ltree_gist (INPUT = ltree_gist_in, OUTPUT = ltree_gist_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE OPERATOR < (FUNCTION = ltree_lt, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=));
CREATE OPERATOR <= (FUNCTION = ltree_le, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>));
CREATE OPERATOR = (FUNCTION = ltree_eq, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(=), NEGATOR = OPERATOR(<>), MERGES);
CREATE OPERATOR >= (FUNCTION = ltree_ge, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<));
CREATE OPERATOR > (FUNCTION = ltree_gt, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=));
CREATE OPERATOR <> (FUNCTION = ltree_ne, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(<>), NEGATOR = OPERATOR(=));
CREATE OPERATOR ^@> (FUNCTION = ltree_isparent, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(^<@));
CREATE OPERATOR @> (FUNCTION = ltree_isparent, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR ^<@ (FUNCTION = ltree_risparent, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(^@>));
CREATE OPERATOR <@ (FUNCTION = ltree_risparent, LEFTARG = ltree, RIGHTARG = ltree, COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR || (FUNCTION = ltree_addltree, LEFTARG = ltree, RIGHTARG = ltree);
CREATE OPERATOR || (FUNCTION = ltree_addtext, LEFTARG = ltree, RIGHTARG = text);
CREATE OPERATOR || (FUNCTION = ltree_textadd, LEFTARG = text, RIGHTARG = ltree);
CREATE OPERATOR ^~ (FUNCTION = ltq_regex, LEFTARG = ltree, RIGHTARG = lquery, COMMUTATOR = OPERATOR(^~));
CREATE OPERATOR ~ (FUNCTION = ltq_regex, LEFTARG = ltree, RIGHTARG = lquery, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR ^~ (FUNCTION = ltq_rregex, LEFTARG = lquery, RIGHTARG = ltree, COMMUTATOR = OPERATOR(^~));
CREATE OPERATOR ~ (FUNCTION = ltq_rregex, LEFTARG = lquery, RIGHTARG = ltree, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR ^? (FUNCTION = lt_q_regex, LEFTARG = ltree, RIGHTARG = lquery[], COMMUTATOR = OPERATOR(^?));
CREATE OPERATOR ? (FUNCTION = lt_q_regex, LEFTARG = ltree, RIGHTARG = lquery[], COMMUTATOR = OPERATOR(?));
CREATE OPERATOR ^? (FUNCTION = lt_q_rregex, LEFTARG = lquery[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(^?));
CREATE OPERATOR ? (FUNCTION = lt_q_rregex, LEFTARG = lquery[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(?));
CREATE OPERATOR ^@ (FUNCTION = ltxtq_exec, LEFTARG = ltree, RIGHTARG = ltxtquery, COMMUTATOR = OPERATOR(^@));
CREATE OPERATOR @ (FUNCTION = ltxtq_exec, LEFTARG = ltree, RIGHTARG = ltxtquery, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR ^@ (FUNCTION = ltxtq_rexec, LEFTARG = ltxtquery, RIGHTARG = ltree, COMMUTATOR = OPERATOR(^@));
CREATE OPERATOR @ (FUNCTION = ltxtq_rexec, LEFTARG = ltxtquery, RIGHTARG = ltree, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR ^@> (FUNCTION = _ltree_isparent, LEFTARG = ltree[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(^<@));
CREATE OPERATOR @> (FUNCTION = _ltree_isparent, LEFTARG = ltree[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR ^<@ (FUNCTION = _ltree_r_isparent, LEFTARG = ltree, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(^@>));
CREATE OPERATOR <@ (FUNCTION = _ltree_r_isparent, LEFTARG = ltree, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR ^<@ (FUNCTION = _ltree_risparent, LEFTARG = ltree[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(^@>));
CREATE OPERATOR <@ (FUNCTION = _ltree_risparent, LEFTARG = ltree[], RIGHTARG = ltree, COMMUTATOR = OPERATOR(@>));
CREATE OPERATOR ^@> (FUNCTION = _ltree_r_risparent, LEFTARG = ltree, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(^<@));
CREATE OPERATOR @> (FUNCTION = _ltree_r_risparent, LEFTARG = ltree, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(<@));
CREATE OPERATOR ^~ (FUNCTION = _ltq_regex, LEFTARG = ltree[], RIGHTARG = lquery, COMMUTATOR = OPERATOR(^~));
CREATE OPERATOR ~ (FUNCTION = _ltq_regex, LEFTARG = ltree[], RIGHTARG = lquery, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR ^~ (FUNCTION = _ltq_rregex, LEFTARG = lquery, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(^~));
CREATE OPERATOR ~ (FUNCTION = _ltq_rregex, LEFTARG = lquery, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(~));
CREATE OPERATOR ^? (FUNCTION = _lt_q_regex, LEFTARG = ltree[], RIGHTARG = lquery[], COMMUTATOR = OPERATOR(^?));
CREATE OPERATOR ? (FUNCTION = _lt_q_regex, LEFTARG = ltree[], RIGHTARG = lquery[], COMMUTATOR = OPERATOR(?));
CREATE OPERATOR ^? (FUNCTION = _lt_q_rregex, LEFTARG = lquery[], RIGHTARG = ltree[], COMMUTATOR = OPERATOR(^?));
CREATE OPERATOR ? (FUNCTION = _lt_q_rregex, LEFTARG = lquery[], RIGHTARG = ltree[], COMMUTATOR = OPERATOR(?));
CREATE OPERATOR ^@ (FUNCTION = _ltxtq_exec, LEFTARG = ltree[], RIGHTARG = ltxtquery, COMMUTATOR = OPERATOR(^@));
CREATE OPERATOR @ (FUNCTION = _ltxtq_exec, LEFTARG = ltree[], RIGHTARG = ltxtquery, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR ^@ (FUNCTION = _ltxtq_rexec, LEFTARG = ltxtquery, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(^@));
CREATE OPERATOR @ (FUNCTION = _ltxtq_rexec, LEFTARG = ltxtquery, RIGHTARG = ltree[], COMMUTATOR = OPERATOR(@));
CREATE OPERATOR ?@> (FUNCTION = _ltree_extract_isparent, LEFTARG = ltree[], RIGHTARG = ltree);
CREATE OPERATOR ?<@ (FUNCTION = _ltree_extract_risparent, LEFTARG = ltree[], RIGHTARG = ltree);
CREATE OPERATOR ?~ (FUNCTION = _ltq_extract_regex, LEFTARG = ltree[], RIGHTARG = lquery);
CREATE OPERATOR ?@ (FUNCTION = _ltxtq_extract_exec, LEFTARG = ltree[], RIGHTARG = ltxtquery);
CREATE OPERATOR CLASS ltree_ops DEFAULT FOR TYPE ltree USING btree AS OPERATOR 1 <(ltree,ltree), OPERATOR 2 <=(ltree,ltree), OPERATOR 3 =(ltree,ltree), OPERATOR 4 >=(ltree,ltree), OPERATOR 5 >(ltree,ltree), FUNCTION 1 ltree_cmp(ltree,ltree);
CREATE OPERATOR CLASS gist_ltree_ops DEFAULT FOR TYPE ltree USING gist AS OPERATOR 1 <(ltree,ltree), OPERATOR 2 <=(ltree,ltree), OPERATOR 3 =(ltree,ltree), OPERATOR 4 >=(ltree,ltree), OPERATOR 5 >(ltree,ltree), OPERATOR 10 @>(ltree,ltree), OPERATOR 11 <@(ltree,ltree), OPERATOR 12 ~(ltree,lquery), OPERATOR 14 @(ltree,ltxtquery), OPERATOR 16 ?(ltree,lquery[]), STORAGE ltree_gist;
CREATE OPERATOR CLASS gist__ltree_ops DEFAULT FOR TYPE ltree[] USING gist AS OPERATOR 10 <@(ltree[],ltree), OPERATOR 12 ~(ltree[],lquery), OPERATOR 14 @(ltree[],ltxtquery), OPERATOR 16 ?(ltree[],lquery[]), STORAGE ltree_gist;
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  _ltree_gist_options(internal) -> void
  ltree_gist_options(internal) -> void
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  _lt_q_regex(ltree[], lquery[]) -> boolean
  _lt_q_rregex(lquery[], ltree[]) -> boolean
  _ltq_extract_regex(ltree[], lquery) -> ltree
  _ltq_regex(ltree[], lquery) -> boolean
  _ltq_rregex(lquery, ltree[]) -> boolean
  _ltree_extract_isparent(ltree[], ltree) -> ltree
  _ltree_extract_risparent(ltree[], ltree) -> ltree
  _ltree_isparent(ltree[], ltree) -> boolean
  _ltree_r_isparent(ltree, ltree[]) -> boolean
  _ltree_r_risparent(ltree, ltree[]) -> boolean
  _ltree_risparent(ltree[], ltree) -> boolean
  _ltxtq_exec(ltree[], ltxtquery) -> boolean
  _ltxtq_extract_exec(ltree[], ltxtquery) -> ltree
  _ltxtq_rexec(ltxtquery, ltree[]) -> boolean
  index(ltree, ltree) -> integer
  index(ltree, ltree, integer) -> integer
  lca(ltree, ltree) -> ltree
  lca(ltree, ltree, ltree) -> ltree
  lca(ltree, ltree, ltree, ltree) -> ltree
  lca(ltree, ltree, ltree, ltree, ltree) -> ltree
  lca(ltree, ltree, ltree, ltree, ltree, ltree) -> ltree
  lca(ltree, ltree, ltree, ltree, ltree, ltree, ltree) -> ltree
  lca(ltree, ltree, ltree, ltree, ltree, ltree, ltree, ltree) -> ltree
  lca(ltree[]) -> ltree
  lquery_send(lquery) -> bytea
  lt_q_regex(ltree, lquery[]) -> boolean
  lt_q_rregex(lquery[], ltree) -> boolean
  ltq_regex(ltree, lquery) -> boolean
  ltq_rregex(lquery, ltree) -> boolean
  ltree2text(ltree) -> text
  ltree_addltree(ltree, ltree) -> ltree
  ltree_addtext(ltree, text) -> ltree
  ltree_cmp(ltree, ltree) -> integer
  ltree_eq(ltree, ltree) -> boolean
  ltree_ge(ltree, ltree) -> boolean
  ltree_gt(ltree, ltree) -> boolean
  ltree_isparent(ltree, ltree) -> boolean
  ltree_le(ltree, ltree) -> boolean
  ltree_lt(ltree, ltree) -> boolean
  ltree_ne(ltree, ltree) -> boolean
  ltree_risparent(ltree, ltree) -> boolean
  ltree_send(ltree) -> bytea
  ltree_textadd(text, ltree) -> ltree
  ltxtq_exec(ltree, ltxtquery) -> boolean
  ltxtq_rexec(ltxtquery, ltree) -> boolean
  ltxtq_send(ltxtquery) -> bytea
  nlevel(ltree) -> integer
  subltree(ltree, integer, integer) -> ltree
  subpath(ltree, integer) -> ltree
  subpath(ltree, integer, integer) -> ltree
  text2ltree(text) -> ltree
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  lquery_in(cstring) -> lquery
  ltree_gist_in(cstring) -> ltree_gist
  ltree_in(cstring) -> ltree
  ltxtq_in(cstring) -> ltxtquery
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  lquery_out(lquery) -> cstring
  ltree_gist_out(ltree_gist) -> cstring
  ltree_out(ltree) -> cstring
  ltxtq_out(ltxtquery) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  _ltree_compress(internal) -> internal
  _ltree_consistent(internal, ltree[], smallint, oid, internal) -> boolean
  _ltree_penalty(internal, internal, internal) -> internal
  _ltree_picksplit(internal, internal) -> internal
  _ltree_same(ltree_gist, ltree_gist, internal) -> internal
  _ltree_union(internal, internal) -> ltree_gist
  lquery_recv(internal) -> lquery
  ltree_compress(internal) -> internal
  ltree_consistent(internal, ltree, smallint, oid, internal) -> boolean
  ltree_decompress(internal) -> internal
  ltree_penalty(internal, internal, internal) -> internal
  ltree_picksplit(internal, internal) -> internal
  ltree_recv(internal) -> ltree
  ltree_same(ltree_gist, ltree_gist, internal) -> internal
  ltree_union(internal, internal) -> ltree_gist
  ltreeparentsel(internal, oid, internal, integer) -> double precision
  ltxtq_recv(internal) -> ltxtquery
