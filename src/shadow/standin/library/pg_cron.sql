-- pg_cron, as the extension itself lists its members; written by library.rs.
-- version: 1.4-1
CREATE SCHEMA IF NOT EXISTS cron;
CREATE TABLE cron.job_run_details (jobid bigint, runid bigint NOT NULL, job_pid integer, database text, username text, command text, status text, return_message text, start_time timestamp with time zone, end_time timestamp with time zone);
CREATE TABLE cron.job (jobid bigint NOT NULL, schedule text NOT NULL, command text NOT NULL, nodename text NOT NULL, nodeport integer NOT NULL, database text NOT NULL, username text NOT NULL, active boolean NOT NULL, jobname name);
ALTER TABLE cron.job ADD CONSTRAINT job_pkey PRIMARY KEY (jobid);
ALTER TABLE cron.job_run_details ADD CONSTRAINT job_run_details_pkey PRIMARY KEY (runid);
ALTER TABLE cron.job ADD CONSTRAINT jobname_username_uniq UNIQUE (jobname, username);
CREATE SEQUENCE cron.jobid_seq;
CREATE SEQUENCE cron.runid_seq;
CREATE FUNCTION % RETURNS % VOLATILE:
  cron.alter_job(job_id bigint, schedule text DEFAULT NULL::text, command text DEFAULT NULL::text, database text DEFAULT NULL::text, username text DEFAULT NULL::text, active boolean DEFAULT NULL::boolean) -> void
  cron.schedule(job_name text, schedule text, command text) -> bigint
  cron.schedule_in_database(job_name text, schedule text, command text, database text, username text DEFAULT NULL::text, active boolean DEFAULT true) -> bigint
CREATE FUNCTION % RETURNS % VOLATILE LANGUAGE internal AS 'trigger_in':
  cron.job_cache_invalidate() -> trigger
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  cron.schedule(schedule text, command text) -> bigint
  cron.unschedule(job_id bigint) -> boolean
  cron.unschedule(job_name name) -> boolean
