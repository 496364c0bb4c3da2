-- http: requests from SQL. From its README and the signatures of its SQL.
-- version: 1.6
CREATE DOMAIN http_method AS text;
CREATE DOMAIN content_type AS text CHECK (VALUE ~ '^\S+\/\S+');
CREATE TYPE http_header AS (field varchar, value varchar);
CREATE TYPE http_response AS (status integer, content_type varchar, headers http_header[], content varchar);
CREATE TYPE http_request AS (method http_method, uri varchar, headers http_header[], content_type varchar, content varchar);
CREATE FUNCTION % RETURNS % VOLATILE:
  http_set_curlopt(curlopt varchar, value varchar) -> boolean
  http_reset_curlopt() -> boolean
  http_list_curlopt() -> TABLE(curlopt text, value text)
  http_header(field varchar, value varchar) -> http_header
  http(request http_request) -> http_response
  http_get(uri varchar) -> http_response
  http_get(uri varchar, data jsonb) -> http_response
  http_post(uri varchar, content varchar, content_type varchar) -> http_response
  http_post(uri varchar, data jsonb) -> http_response
  http_put(uri varchar, content varchar, content_type varchar) -> http_response
  http_patch(uri varchar, content varchar, content_type varchar) -> http_response
  http_delete(uri varchar) -> http_response
  http_delete(uri varchar, content varchar, content_type varchar) -> http_response
  http_head(uri varchar) -> http_response
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT:
  urlencode(string varchar) -> text
  urlencode(string bytea) -> text
  urlencode(data jsonb) -> text
  text_to_bytea(data text) -> bytea
  bytea_to_text(data bytea) -> text
