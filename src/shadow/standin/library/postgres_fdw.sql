-- postgres_fdw, as the extension itself lists its members; written by library.rs.
-- version: 1.1
CREATE FOREIGN DATA WRAPPER postgres_fdw HANDLER postgres_fdw_handler;
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  postgres_fdw_disconnect(text) -> boolean
  postgres_fdw_disconnect_all() -> boolean
  postgres_fdw_validator(text[], oid) -> void
CREATE FUNCTION % RETURNS % VOLATILE STRICT LANGUAGE internal AS 'trigger_in':
  postgres_fdw_handler() -> fdw_handler
CREATE FUNCTION % RETURNS % VOLATILE STRICT LANGUAGE sql AS 'SELECT NULL':
  postgres_fdw_get_connections(OUT server_name text, OUT valid boolean) -> SETOF record
