-- moddatetime, as the extension itself lists its members; written by library.rs.
-- version: 1.0
CREATE FUNCTION % RETURNS % VOLATILE LANGUAGE internal AS 'trigger_in':
  moddatetime() -> trigger
