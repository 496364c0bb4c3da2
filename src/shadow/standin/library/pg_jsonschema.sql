-- pg_jsonschema: JSON held against a schema. From its README.
-- version: 0.3.3
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT:
  json_matches_schema(schema json, instance json) -> boolean
  jsonb_matches_schema(schema json, instance jsonb) -> boolean
  jsonschema_is_valid(schema json) -> boolean
  jsonschema_validation_errors(schema json, instance json) -> text[]
