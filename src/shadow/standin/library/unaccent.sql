-- unaccent, as the extension itself lists its members; written by library.rs.
-- version: 1.1
CREATE TEXT SEARCH TEMPLATE unaccent (LEXIZE = pg_catalog.dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY unaccent (TEMPLATE = unaccent);
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE:
  unaccent(regdictionary, text) -> text
  unaccent(text) -> text
CREATE FUNCTION % RETURNS % VOLATILE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  unaccent_init(internal) -> internal
  unaccent_lexize(internal, internal, internal, internal) -> internal
