-- pgcrypto, as the extension itself lists its members; written by library.rs.
-- version: 1.3
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  armor(bytea) -> text
  armor(bytea, text[], text[]) -> text
  crypt(text, text) -> text
  dearmor(text) -> bytea
  decrypt(bytea, bytea, text) -> bytea
  decrypt_iv(bytea, bytea, bytea, text) -> bytea
  digest(bytea, text) -> bytea
  digest(text, text) -> bytea
  encrypt(bytea, bytea, text) -> bytea
  encrypt_iv(bytea, bytea, bytea, text) -> bytea
  hmac(bytea, bytea, text) -> bytea
  hmac(text, text, text) -> bytea
  pgp_key_id(bytea) -> text
  pgp_pub_decrypt(bytea, bytea) -> text
  pgp_pub_decrypt(bytea, bytea, text) -> text
  pgp_pub_decrypt(bytea, bytea, text, text) -> text
  pgp_pub_decrypt_bytea(bytea, bytea) -> bytea
  pgp_pub_decrypt_bytea(bytea, bytea, text) -> bytea
  pgp_pub_decrypt_bytea(bytea, bytea, text, text) -> bytea
  pgp_sym_decrypt(bytea, text) -> text
  pgp_sym_decrypt(bytea, text, text) -> text
  pgp_sym_decrypt_bytea(bytea, text) -> bytea
  pgp_sym_decrypt_bytea(bytea, text, text) -> bytea
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS 'SELECT NULL':
  pgp_armor_headers(text, OUT key text, OUT value text) -> SETOF record
CREATE FUNCTION % RETURNS % VOLATILE PARALLEL SAFE:
  gen_random_uuid() -> uuid
CREATE FUNCTION % RETURNS % VOLATILE STRICT PARALLEL SAFE:
  gen_random_bytes(integer) -> bytea
  gen_salt(text) -> text
  gen_salt(text, integer) -> text
  pgp_pub_encrypt(text, bytea) -> bytea
  pgp_pub_encrypt(text, bytea, text) -> bytea
  pgp_pub_encrypt_bytea(bytea, bytea) -> bytea
  pgp_pub_encrypt_bytea(bytea, bytea, text) -> bytea
  pgp_sym_encrypt(text, text) -> bytea
  pgp_sym_encrypt(text, text, text) -> bytea
  pgp_sym_encrypt_bytea(bytea, text) -> bytea
  pgp_sym_encrypt_bytea(bytea, text, text) -> bytea
