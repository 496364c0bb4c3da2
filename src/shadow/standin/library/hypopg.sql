-- hypopg: indexes that are only supposed. From its documentation and the signatures of its SQL.
-- version: 1.4.1
CREATE FUNCTION % RETURNS % VOLATILE:
  hypopg_reset_index() -> void
  hypopg_reset() -> void
  hypopg_unhide_all_indexes() -> void
  hypopg(OUT indexname text, OUT indexrelid oid, OUT indrelid oid, OUT innatts integer, OUT indisunique boolean, OUT indkey int2vector, OUT indcollation oidvector, OUT indclass oidvector, OUT indoption oidvector, OUT indexprs pg_node_tree, OUT indpred pg_node_tree, OUT amid oid) -> SETOF record
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  hypopg_create_index(sql_order text, OUT indexrelid oid, OUT indexname text) -> SETOF record
  hypopg_drop_index(indexid oid) -> boolean
  hypopg_relation_size(indexid oid) -> bigint
  hypopg_get_indexdef(indexid oid) -> text
  hypopg_hide_index(indexid oid) -> boolean
  hypopg_unhide_index(indexid oid) -> boolean
  hypopg_hidden_indexes() -> TABLE(indexid oid)
CREATE VIEW hypopg_list_indexes AS SELECT NULL::oid AS indexrelid, NULL::text AS index_name, NULL::name AS schema_name, NULL::name AS table_name, NULL::name AS am_name;
CREATE VIEW hypopg_hidden_indexes AS SELECT NULL::oid AS indexrelid, NULL::name AS index_name, NULL::name AS schema_name, NULL::name AS table_name, NULL::name AS am_name, NULL::boolean AS is_hypo;
