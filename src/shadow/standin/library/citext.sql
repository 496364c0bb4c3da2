-- citext, as the extension itself lists its members; written by library.rs.
-- version: 1.6
CREATE TYPE citext;
CREATE TYPE citext (INPUT = citextin, OUTPUT = citextout, STORAGE = extended, CATEGORY = 'S', PREFERRED = false, DELIMITER = ',', COLLATABLE = true);
CREATE AGGREGATE min(citext) (SFUNC = trueup_state_0, STYPE = citext);
CREATE AGGREGATE max(citext) (SFUNC = trueup_state_1, STYPE = citext);
CREATE CAST (citext AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (citext AS character varying) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (citext AS character) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (text AS citext) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (character varying AS citext) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (character AS citext) WITH FUNCTION citext(character) AS ASSIGNMENT;
CREATE CAST (boolean AS citext) WITH FUNCTION citext(boolean) AS ASSIGNMENT;
CREATE CAST (inet AS citext) WITH FUNCTION citext(inet) AS ASSIGNMENT;
CREATE OPERATOR = (FUNCTION = citext_eq, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(=), NEGATOR = OPERATOR(<>), HASHES, MERGES);
CREATE OPERATOR <> (FUNCTION = citext_ne, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(<>), NEGATOR = OPERATOR(=));
CREATE OPERATOR < (FUNCTION = citext_lt, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=));
CREATE OPERATOR <= (FUNCTION = citext_le, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>));
CREATE OPERATOR > (FUNCTION = citext_gt, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=));
CREATE OPERATOR >= (FUNCTION = citext_ge, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<));
CREATE OPERATOR ~~* (FUNCTION = texticlike, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(!~~*));
CREATE OPERATOR ~~ (FUNCTION = texticlike, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(!~~));
CREATE OPERATOR !~~* (FUNCTION = texticnlike, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(~~*));
CREATE OPERATOR !~~ (FUNCTION = texticnlike, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(~~));
CREATE OPERATOR ~* (FUNCTION = texticregexeq, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(!~*));
CREATE OPERATOR ~ (FUNCTION = texticregexeq, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(!~));
CREATE OPERATOR !~* (FUNCTION = texticregexne, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(~*));
CREATE OPERATOR !~ (FUNCTION = texticregexne, LEFTARG = citext, RIGHTARG = citext, NEGATOR = OPERATOR(~));
CREATE OPERATOR ~~* (FUNCTION = texticlike, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(!~~*));
CREATE OPERATOR ~~ (FUNCTION = texticlike, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(!~~));
CREATE OPERATOR !~~* (FUNCTION = texticnlike, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(~~*));
CREATE OPERATOR !~~ (FUNCTION = texticnlike, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(~~));
CREATE OPERATOR ~* (FUNCTION = texticregexeq, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(!~*));
CREATE OPERATOR ~ (FUNCTION = texticregexeq, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(!~));
CREATE OPERATOR !~* (FUNCTION = texticregexne, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(~*));
CREATE OPERATOR !~ (FUNCTION = texticregexne, LEFTARG = citext, RIGHTARG = text, NEGATOR = OPERATOR(~));
CREATE OPERATOR ~<~ (FUNCTION = citext_pattern_lt, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(~>~), NEGATOR = OPERATOR(~>=~));
CREATE OPERATOR ~<=~ (FUNCTION = citext_pattern_le, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(~>=~), NEGATOR = OPERATOR(~>~));
CREATE OPERATOR ~>~ (FUNCTION = citext_pattern_gt, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(~<~), NEGATOR = OPERATOR(~<=~));
CREATE OPERATOR ~>=~ (FUNCTION = citext_pattern_ge, LEFTARG = citext, RIGHTARG = citext, COMMUTATOR = OPERATOR(~<=~), NEGATOR = OPERATOR(~<~));
CREATE OPERATOR CLASS citext_ops DEFAULT FOR TYPE citext USING btree AS OPERATOR 1 <(citext,citext), OPERATOR 2 <=(citext,citext), OPERATOR 3 =(citext,citext), OPERATOR 4 >=(citext,citext), OPERATOR 5 >(citext,citext), FUNCTION 1 citext_cmp(citext,citext);
CREATE OPERATOR CLASS citext_ops DEFAULT FOR TYPE citext USING hash AS OPERATOR 1 =(citext,citext), FUNCTION 1 citext_hash(citext);
CREATE OPERATOR CLASS citext_pattern_ops FOR TYPE citext USING btree AS OPERATOR 1 ~<~(citext,citext), OPERATOR 2 ~<=~(citext,citext), OPERATOR 3 =(citext,citext), OPERATOR 4 ~>=~(citext,citext), OPERATOR 5 ~>~(citext,citext), FUNCTION 1 citext_pattern_cmp(citext,citext);
CREATE FUNCTION % RETURNS % AS 'SELECT NULL' LANGUAGE sql:
  trueup_state_0(citext, citext) -> citext
  trueup_state_1(citext, citext) -> citext
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  citext(boolean) -> citext
  citext(character) -> citext
  citext(inet) -> citext
  citext_cmp(citext, citext) -> integer
  citext_eq(citext, citext) -> boolean
  citext_ge(citext, citext) -> boolean
  citext_gt(citext, citext) -> boolean
  citext_hash(citext) -> integer
  citext_hash_extended(citext, bigint) -> bigint
  citext_larger(citext, citext) -> citext
  citext_le(citext, citext) -> boolean
  citext_lt(citext, citext) -> boolean
  citext_ne(citext, citext) -> boolean
  citext_pattern_cmp(citext, citext) -> integer
  citext_pattern_ge(citext, citext) -> boolean
  citext_pattern_gt(citext, citext) -> boolean
  citext_pattern_le(citext, citext) -> boolean
  citext_pattern_lt(citext, citext) -> boolean
  citext_smaller(citext, citext) -> citext
  regexp_match(citext, citext) -> text[]
  regexp_match(citext, citext, text) -> text[]
  regexp_replace(citext, citext, text) -> text
  regexp_replace(citext, citext, text, text) -> text
  regexp_split_to_array(citext, citext) -> text[]
  regexp_split_to_array(citext, citext, text) -> text[]
  replace(citext, citext, citext) -> text
  split_part(citext, citext, integer) -> text
  strpos(citext, citext) -> integer
  texticlike(citext, citext) -> boolean
  texticlike(citext, text) -> boolean
  texticnlike(citext, citext) -> boolean
  texticnlike(citext, text) -> boolean
  texticregexeq(citext, citext) -> boolean
  texticregexeq(citext, text) -> boolean
  texticregexne(citext, citext) -> boolean
  texticregexne(citext, text) -> boolean
  translate(citext, citext, text) -> text
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  citextin(cstring) -> citext
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  citextout(citext) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS 'SELECT NULL':
  regexp_matches(citext, citext) -> SETOF text[]
  regexp_matches(citext, citext, text) -> SETOF text[]
  regexp_split_to_table(citext, citext) -> SETOF text
  regexp_split_to_table(citext, citext, text) -> SETOF text
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE:
  citextsend(citext) -> bytea
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  citextrecv(internal) -> citext
