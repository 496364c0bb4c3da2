-- pg_graphql: GraphQL over a database. From its documentation and the signatures of its SQL.
-- version: 1.5.11
-- schema: graphql
CREATE SEQUENCE graphql.seq_schema_version AS integer CYCLE;
CREATE FUNCTION graphql.% RETURNS % VOLATILE:
  resolve(query text, variables jsonb DEFAULT '{}', "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL) -> jsonb
  _internal_resolve(query text, variables jsonb DEFAULT '{}', "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL) -> jsonb
  get_schema_version() -> integer
  exception(message text) -> text
CREATE FUNCTION graphql.increment_schema_version() RETURNS event_trigger LANGUAGE internal AS 'trigger_in';
CREATE FUNCTION graphql.comment_directive(comment_ text) RETURNS jsonb IMMUTABLE;
