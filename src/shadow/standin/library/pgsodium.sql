-- pgsodium: keys, encryption and hashes: what schemas use of it, not all of it. From its documentation and the names in its tests.
-- version: 3.1.9
-- schema: pgsodium
CREATE TYPE pgsodium.key_status AS ENUM ('default', 'valid', 'invalid', 'expired');
CREATE TYPE pgsodium.key_type AS ENUM ('aead-ietf', 'aead-det', 'hmacsha512', 'hmacsha256', 'auth', 'shorthash', 'generichash', 'kdf', 'secretbox', 'secretstream', 'stream_xchacha20');
CREATE TYPE pgsodium.crypto_box_keypair AS (public bytea, secret bytea);
CREATE TYPE pgsodium.crypto_sign_keypair AS (public bytea, secret bytea);
CREATE TABLE pgsodium.key (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), status pgsodium.key_status DEFAULT 'valid', created timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, expires timestamptz, key_type pgsodium.key_type, key_id bigint, key_context bytea, name text, associated_data text, raw_key bytea, raw_key_nonce bytea, parent_key uuid, comment text, user_data text);
CREATE VIEW pgsodium.valid_key AS SELECT id, name, status, key_type, key_id, key_context, created, expires, associated_data FROM pgsodium.key;
CREATE FUNCTION pgsodium.%(%) RETURNS bytea IMMUTABLE:
  crypto_aead_det_decrypt -> message bytea, additional bytea, key_uuid uuid
  crypto_aead_det_decrypt -> message bytea, additional bytea, key_uuid uuid, nonce bytea
  crypto_aead_det_decrypt -> ciphertext bytea, additional bytea, key bytea, nonce bytea DEFAULT NULL
  crypto_aead_det_decrypt -> message bytea, additional bytea, key_id bigint, context bytea DEFAULT 'pgsodium', nonce bytea DEFAULT NULL
  crypto_aead_det_encrypt -> message bytea, additional bytea, key_uuid uuid
  crypto_aead_det_encrypt -> message bytea, additional bytea, key_uuid uuid, nonce bytea
  crypto_aead_det_encrypt -> message bytea, additional bytea, key bytea, nonce bytea DEFAULT NULL
  crypto_aead_det_encrypt -> message bytea, additional bytea, key_id bigint, context bytea DEFAULT 'pgsodium', nonce bytea DEFAULT NULL
  crypto_aead_ietf_decrypt -> message bytea, additional bytea, nonce bytea, key bytea
  crypto_aead_ietf_decrypt -> message bytea, additional bytea, nonce bytea, key_uuid uuid
  crypto_aead_ietf_encrypt -> message bytea, additional bytea, nonce bytea, key bytea
  crypto_aead_ietf_encrypt -> message bytea, additional bytea, nonce bytea, key_uuid uuid
  crypto_auth -> message bytea, key bytea
  crypto_auth -> message bytea, key_uuid uuid
  crypto_auth_hmacsha256 -> message bytea, secret bytea
  crypto_auth_hmacsha256 -> message bytea, key_uuid uuid
  crypto_auth_hmacsha512 -> message bytea, secret bytea
  crypto_auth_hmacsha512 -> message bytea, key_uuid uuid
  crypto_generichash -> message bytea, key bytea DEFAULT NULL
  crypto_generichash -> message bytea, key_uuid uuid
  crypto_hash_sha256 -> message bytea
  crypto_hash_sha512 -> message bytea
  crypto_shorthash -> message bytea, key bytea
  crypto_secretbox -> message bytea, nonce bytea, key bytea
  crypto_secretbox -> message bytea, nonce bytea, key_uuid uuid
  crypto_secretbox_open -> ciphertext bytea, nonce bytea, key bytea
  crypto_secretbox_open -> message bytea, nonce bytea, key_uuid uuid
  crypto_box -> message bytea, nonce bytea, public bytea, secret bytea
  crypto_box_open -> ciphertext bytea, nonce bytea, public bytea, secret bytea
  crypto_sign -> message bytea, key bytea
  crypto_sign_detached -> message bytea, key bytea
  crypto_sign_open -> signed_message bytea, key bytea
  crypto_pwhash -> password bytea, salt bytea
  crypto_pwhash_str -> password bytea
  derive_key -> key_id bigint, key_len integer DEFAULT 32, context bytea DEFAULT 'pgsodium'
CREATE FUNCTION pgsodium.%(%) RETURNS boolean IMMUTABLE:
  crypto_auth_verify -> mac bytea, message bytea, key bytea
  crypto_auth_hmacsha256_verify -> hash bytea, message bytea, secret bytea
  crypto_auth_hmacsha512_verify -> hash bytea, message bytea, secret bytea
  crypto_sign_verify_detached -> sig bytea, message bytea, key bytea
  crypto_pwhash_str_verify -> hashed_password bytea, password bytea
CREATE FUNCTION pgsodium.%() RETURNS bytea VOLATILE:
  crypto_aead_det_keygen
  crypto_aead_det_noncegen
  crypto_aead_ietf_keygen
  crypto_aead_ietf_noncegen
  crypto_auth_keygen
  crypto_auth_hmacsha256_keygen
  crypto_auth_hmacsha512_keygen
  crypto_box_noncegen
  crypto_generichash_keygen
  crypto_kdf_keygen
  crypto_pwhash_saltgen
  crypto_secretbox_keygen
  crypto_secretbox_noncegen
  crypto_shorthash_keygen
CREATE FUNCTION pgsodium.% RETURNS % VOLATILE:
  crypto_box_new_keypair() -> pgsodium.crypto_box_keypair
  crypto_sign_new_keypair() -> pgsodium.crypto_sign_keypair
  randombytes_buf(size integer) -> bytea
  randombytes_random() -> integer
  randombytes_uniform(upper_bound integer) -> integer
  create_key(key_type pgsodium.key_type DEFAULT 'aead-det', name text DEFAULT NULL, raw_key bytea DEFAULT NULL, raw_key_nonce bytea DEFAULT NULL, parent_key uuid DEFAULT NULL, key_context bytea DEFAULT 'pgsodium', expires timestamptz DEFAULT NULL, associated_data text DEFAULT '') -> pgsodium.valid_key
  get_key_by_id(uuid) -> pgsodium.valid_key
  get_key_by_name(text) -> pgsodium.valid_key
  get_named_keys(filter text DEFAULT '') -> SETOF pgsodium.valid_key
