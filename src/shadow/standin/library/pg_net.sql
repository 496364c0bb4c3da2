-- pg_net: requests that are sent by a worker. From its documentation and the signatures of its SQL.
-- version: 0.19.7
-- schema: net
CREATE DOMAIN net.http_method AS text;
CREATE TABLE net.http_request_queue (id bigserial, method net.http_method NOT NULL, url text NOT NULL, headers jsonb, body bytea, timeout_milliseconds integer NOT NULL);
CREATE TABLE net._http_response (id bigint, status_code integer, content_type text, headers jsonb, content text, timed_out boolean, error_msg text, created timestamptz NOT NULL DEFAULT now());
CREATE TYPE net.request_status AS ENUM ('PENDING', 'SUCCESS', 'ERROR');
CREATE TYPE net.http_response AS (status_code integer, headers jsonb, body text);
CREATE TYPE net.http_response_result AS (status net.request_status, message text, response net.http_response);
CREATE FUNCTION net._urlencode_string(string varchar) RETURNS text IMMUTABLE;
CREATE FUNCTION net._encode_url_with_params_array(url text, params_array text[]) RETURNS text IMMUTABLE;
CREATE FUNCTION net.% RETURNS % VOLATILE:
  http_get(url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000) -> bigint
  http_post(url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}', headers jsonb DEFAULT '{"Content-Type": "application/json"}', timeout_milliseconds integer DEFAULT 5000) -> bigint
  http_delete(url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000, body jsonb DEFAULT NULL) -> bigint
  http_collect_response(request_id bigint, async boolean DEFAULT true) -> net.http_response_result
  _http_collect_response(request_id bigint, async boolean DEFAULT true) -> net.http_response_result
  _await_response(request_id bigint) -> boolean
  check_worker_is_up() -> void
  worker_restart() -> boolean
  wait_until_running() -> void
  wake() -> void
