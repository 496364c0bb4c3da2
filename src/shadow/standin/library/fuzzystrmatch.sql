-- fuzzystrmatch, as the extension itself lists its members; written by library.rs.
-- version: 1.1
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  difference(text, text) -> integer
  dmetaphone(text) -> text
  dmetaphone_alt(text) -> text
  levenshtein(text, text) -> integer
  levenshtein(text, text, integer, integer, integer) -> integer
  levenshtein_less_equal(text, text, integer) -> integer
  levenshtein_less_equal(text, text, integer, integer, integer, integer) -> integer
  metaphone(text, integer) -> text
  soundex(text) -> text
  text_soundex(text) -> text
