-- uuid-ossp, as the extension itself lists its members; written by library.rs.
-- version: 1.1
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  uuid_generate_v3(namespace uuid, name text) -> uuid
  uuid_generate_v5(namespace uuid, name text) -> uuid
  uuid_nil() -> uuid
  uuid_ns_dns() -> uuid
  uuid_ns_oid() -> uuid
  uuid_ns_url() -> uuid
  uuid_ns_x500() -> uuid
CREATE FUNCTION % RETURNS % VOLATILE STRICT PARALLEL SAFE:
  uuid_generate_v1() -> uuid
  uuid_generate_v1mc() -> uuid
  uuid_generate_v4() -> uuid
