-- pgmq: queues in tables. From its documentation and the signatures of its SQL.
-- version: 1.4.4
-- schema: pgmq
CREATE TABLE pgmq.meta (queue_name varchar UNIQUE NOT NULL, is_partitioned boolean NOT NULL, is_unlogged boolean NOT NULL, created_at timestamptz DEFAULT now() NOT NULL);
CREATE TYPE pgmq.message_record AS (msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb);
CREATE TYPE pgmq.queue_record AS (queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz);
CREATE TYPE pgmq.metrics_result AS (queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer, total_messages bigint, scrape_time timestamptz);
CREATE FUNCTION pgmq.% RETURNS % VOLATILE:
  format_table_name(queue_name text, prefix text) -> text
  read(queue_name text, vt integer, qty integer) -> SETOF pgmq.message_record
  read_with_poll(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 5, poll_interval_ms integer DEFAULT 100) -> SETOF pgmq.message_record
  archive(queue_name text, msg_id bigint) -> boolean
  archive(queue_name text, msg_ids bigint[]) -> SETOF bigint
  delete(queue_name text, msg_id bigint) -> boolean
  delete(queue_name text, msg_ids bigint[]) -> SETOF bigint
  send(queue_name text, msg jsonb, delay integer DEFAULT 0) -> SETOF bigint
  send_batch(queue_name text, msgs jsonb[], delay integer DEFAULT 0) -> SETOF bigint
  metrics(queue_name text) -> pgmq.metrics_result
  metrics_all() -> SETOF pgmq.metrics_result
  list_queues() -> SETOF pgmq.queue_record
  purge_queue(queue_name text) -> bigint
  detach_archive(queue_name text) -> void
  pop(queue_name text) -> SETOF pgmq.message_record
  set_vt(queue_name text, msg_id bigint, vt integer) -> SETOF pgmq.message_record
  drop_queue(queue_name text, partitioned boolean) -> boolean
  drop_queue(queue_name text) -> boolean
  validate_queue_name(queue_name text) -> void
  create(queue_name text) -> void
  create_non_partitioned(queue_name text) -> void
  create_unlogged(queue_name text) -> void
  create_partitioned(queue_name text, partition_interval text DEFAULT '10000', retention_interval text DEFAULT '100000') -> void
  convert_archive_partitioned(table_name text, partition_interval text DEFAULT '10000', retention_interval text DEFAULT '100000', leading_partition integer DEFAULT 10) -> void
