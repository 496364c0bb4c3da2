-- dblink, as the extension itself lists its members; written by library.rs.
-- version: 1.2
CREATE TYPE dblink_pkey_results AS ("position" integer, colname text);
CREATE FOREIGN DATA WRAPPER dblink_fdw;
CREATE FUNCTION % RETURNS % VOLATILE:
  dblink_current_query() -> text
  dblink_get_connections() -> text[]
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  dblink_build_sql_delete(text, int2vector, integer, text[]) -> text
  dblink_build_sql_insert(text, int2vector, integer, text[], text[]) -> text
  dblink_build_sql_update(text, int2vector, integer, text[], text[]) -> text
  dblink_cancel_query(text) -> text
  dblink_close(text) -> text
  dblink_close(text, boolean) -> text
  dblink_close(text, text) -> text
  dblink_close(text, text, boolean) -> text
  dblink_connect(text) -> text
  dblink_connect(text, text) -> text
  dblink_connect_u(text) -> text
  dblink_connect_u(text, text) -> text
  dblink_disconnect() -> text
  dblink_disconnect(text) -> text
  dblink_error_message(text) -> text
  dblink_exec(text) -> text
  dblink_exec(text, boolean) -> text
  dblink_exec(text, text) -> text
  dblink_exec(text, text, boolean) -> text
  dblink_is_busy(text) -> integer
  dblink_open(text, text) -> text
  dblink_open(text, text, boolean) -> text
  dblink_open(text, text, text) -> text
  dblink_open(text, text, text, boolean) -> text
  dblink_send_query(text, text) -> integer
CREATE FUNCTION % RETURNS % VOLATILE STRICT LANGUAGE sql AS 'SELECT NULL':
  dblink(text) -> SETOF record
  dblink(text, boolean) -> SETOF record
  dblink(text, text) -> SETOF record
  dblink(text, text, boolean) -> SETOF record
  dblink_fetch(text, integer) -> SETOF record
  dblink_fetch(text, integer, boolean) -> SETOF record
  dblink_fetch(text, text, integer) -> SETOF record
  dblink_fetch(text, text, integer, boolean) -> SETOF record
  dblink_get_notify(OUT notify_name text, OUT be_pid integer, OUT extra text) -> SETOF record
  dblink_get_notify(conname text, OUT notify_name text, OUT be_pid integer, OUT extra text) -> SETOF record
  dblink_get_pkey(text) -> SETOF dblink_pkey_results
  dblink_get_result(text) -> SETOF record
  dblink_get_result(text, boolean) -> SETOF record
CREATE FUNCTION % RETURNS % VOLATILE STRICT PARALLEL SAFE:
  dblink_fdw_validator(options text[], catalog oid) -> void
