-- pgjwt: JSON web tokens. From its README and the signatures of its SQL.
-- version: 0.2.0
-- requires: pgcrypto
CREATE FUNCTION % RETURNS % IMMUTABLE:
  url_encode(data bytea) -> text
  url_decode(data text) -> bytea
  algorithm_sign(signables text, secret text, algorithm text) -> text
  sign(payload json, secret text, algorithm text DEFAULT 'HS256') -> text
  try_cast_double(inp text) -> double precision
  verify(token text, secret text, algorithm text DEFAULT 'HS256') -> TABLE(header json, payload json, valid boolean)
