-- Agent system: agents and their models, chats, executions, health, metrics, circuit breakers.
-- user_id and organization_id carry no foreign keys here, so that the file can be applied by itself.

CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS TRIGGER AS $$
BEGIN
  NEW.updated_at := CURRENT_TIMESTAMP;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;

-- AGENTS ------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS agents (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name          varchar(100) NOT NULL UNIQUE,
  type          varchar(50) NOT NULL,
  display_name  varchar(255),
  description   text,
  config        jsonb NOT NULL DEFAULT '{}'::jsonb,
  enabled       boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS idx_agents_type ON agents (type);
CREATE INDEX IF NOT EXISTS idx_agents_enabled ON agents (name) WHERE enabled;
CREATE INDEX IF NOT EXISTS idx_agents_config ON agents USING gin (config jsonb_path_ops);

-- MODELS ------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS models (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id              uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  name                  varchar(100) NOT NULL,
  display_name          varchar(255),
  provider              varchar(50) NOT NULL,
  context_window        integer,
  max_output_tokens     integer,
  input_cost_per_1k     numeric(12,6),
  output_cost_per_1k    numeric(12,6),
  capabilities          text[] NOT NULL DEFAULT '{}',
  config                jsonb NOT NULL DEFAULT '{}'::jsonb,
  is_default            boolean NOT NULL DEFAULT false,
  enabled               boolean NOT NULL DEFAULT true,
  created_at            timestamptz NOT NULL DEFAULT now(),
  updated_at            timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT models_agent_id_name_key UNIQUE (agent_id, name),
  CONSTRAINT models_limits_check CHECK (context_window > 0 AND max_output_tokens > 0),
  CONSTRAINT models_costs_check CHECK (input_cost_per_1k >= 0 AND output_cost_per_1k >= 0)
);

CREATE UNIQUE INDEX IF NOT EXISTS idx_models_default ON models (agent_id) WHERE is_default;
CREATE INDEX IF NOT EXISTS idx_models_provider ON models (provider, name) WHERE enabled;
CREATE INDEX IF NOT EXISTS idx_models_capabilities ON models USING gin (capabilities);

-- CHAT SESSIONS -----------------------------------------------------------

CREATE TABLE IF NOT EXISTS chat_sessions (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id          uuid NOT NULL,
  organization_id  uuid,
  agent_id         uuid NOT NULL REFERENCES agents (id) ON DELETE RESTRICT,
  model_id         uuid REFERENCES models (id) ON DELETE SET NULL,
  title            varchar(255),
  status           varchar(20) NOT NULL DEFAULT 'active',
  context          jsonb NOT NULL DEFAULT '{}'::jsonb,
  last_message_at  timestamptz,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT chat_sessions_status_check CHECK (status IN ('active', 'archived', 'closed'))
);

CREATE INDEX IF NOT EXISTS idx_chat_sessions_user_recent ON chat_sessions (user_id, last_message_at DESC NULLS LAST);
CREATE INDEX IF NOT EXISTS idx_chat_sessions_organization_id ON chat_sessions (organization_id);
CREATE INDEX IF NOT EXISTS idx_chat_sessions_agent_id ON chat_sessions (agent_id);
CREATE INDEX IF NOT EXISTS idx_chat_sessions_model_id ON chat_sessions (model_id);
CREATE INDEX IF NOT EXISTS idx_chat_sessions_active ON chat_sessions (created_at) WHERE status = 'active';

-- CHAT MESSAGES -----------------------------------------------------------

CREATE TABLE IF NOT EXISTS chat_messages (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id   uuid NOT NULL REFERENCES chat_sessions (id) ON DELETE CASCADE,
  role         varchar(20) NOT NULL,
  content      text NOT NULL,
  model_id     uuid REFERENCES models (id) ON DELETE SET NULL,
  token_count  integer,
  metadata     jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT chat_messages_role_check CHECK (role IN ('user', 'assistant', 'system', 'tool')),
  CONSTRAINT chat_messages_token_count_check CHECK (token_count >= 0)
);

CREATE INDEX IF NOT EXISTS idx_chat_messages_session_created ON chat_messages (session_id, created_at);
CREATE INDEX IF NOT EXISTS idx_chat_messages_model_id ON chat_messages (model_id);
CREATE INDEX IF NOT EXISTS idx_chat_messages_metadata ON chat_messages USING gin (metadata jsonb_path_ops);
CREATE INDEX IF NOT EXISTS idx_chat_messages_search ON chat_messages USING gin (to_tsvector('english', content));

-- EXECUTIONS --------------------------------------------------------------

CREATE TABLE IF NOT EXISTS agent_executions (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id         uuid NOT NULL REFERENCES agents (id) ON DELETE RESTRICT,
  model_id         uuid REFERENCES models (id) ON DELETE SET NULL,
  session_id       uuid REFERENCES chat_sessions (id) ON DELETE SET NULL,
  user_id          uuid,
  organization_id  uuid,
  status           varchar(20) NOT NULL DEFAULT 'pending',
  started_at       timestamptz NOT NULL DEFAULT now(),
  completed_at     timestamptz,
  duration_ms      bigint GENERATED ALWAYS AS ((extract(epoch FROM completed_at - started_at) * 1000)::bigint) STORED,
  input_tokens     integer NOT NULL DEFAULT 0,
  output_tokens    integer NOT NULL DEFAULT 0,
  cost_usd         numeric(12,6) NOT NULL DEFAULT 0,
  error_code       varchar(100),
  error_message    text,
  metadata         jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT agent_executions_status_check
    CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out')),
  CONSTRAINT agent_executions_period_check CHECK (completed_at >= started_at),
  CONSTRAINT agent_executions_tokens_check CHECK (input_tokens >= 0 AND output_tokens >= 0)
);

CREATE INDEX IF NOT EXISTS idx_agent_executions_agent_started ON agent_executions (agent_id, started_at DESC);
CREATE INDEX IF NOT EXISTS idx_agent_executions_model_id ON agent_executions (model_id);
CREATE INDEX IF NOT EXISTS idx_agent_executions_session_id ON agent_executions (session_id);
CREATE INDEX IF NOT EXISTS idx_agent_executions_user_started ON agent_executions (user_id, started_at DESC);
CREATE INDEX IF NOT EXISTS idx_agent_executions_organization_started
  ON agent_executions (organization_id, started_at DESC);
CREATE INDEX IF NOT EXISTS idx_agent_executions_failed
  ON agent_executions (agent_id, started_at DESC) WHERE status IN ('failed', 'timed_out');
CREATE INDEX IF NOT EXISTS idx_agent_executions_open
  ON agent_executions (started_at) WHERE status IN ('pending', 'running');

-- HEALTH, METRICS, CIRCUIT BREAKERS ---------------------------------------

CREATE TABLE IF NOT EXISTS agent_health (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id              uuid NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
  status                varchar(20) NOT NULL DEFAULT 'unknown',
  response_time_ms      integer,
  consecutive_failures  integer NOT NULL DEFAULT 0,
  error_message         text,
  last_check_at         timestamptz,
  last_success_at       timestamptz,
  created_at            timestamptz NOT NULL DEFAULT now(),
  updated_at            timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agent_health_status_check CHECK (status IN ('healthy', 'degraded', 'unhealthy', 'unknown'))
);

CREATE INDEX IF NOT EXISTS idx_agent_health_trouble ON agent_health (status, agent_id) WHERE status <> 'healthy';
CREATE INDEX IF NOT EXISTS idx_agent_health_last_check ON agent_health (last_check_at NULLS FIRST);

CREATE TABLE IF NOT EXISTS agent_metrics (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id              uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  metric_date           date NOT NULL DEFAULT current_date,
  total_requests        integer NOT NULL DEFAULT 0,
  successful_requests   integer NOT NULL DEFAULT 0,
  failed_requests       integer NOT NULL DEFAULT 0,
  total_input_tokens    bigint NOT NULL DEFAULT 0,
  total_output_tokens   bigint NOT NULL DEFAULT 0,
  total_cost_usd        numeric(14,6) NOT NULL DEFAULT 0,
  average_duration_ms   integer,
  p95_duration_ms       integer,
  created_at            timestamptz NOT NULL DEFAULT now(),
  updated_at            timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agent_metrics_agent_id_metric_date_key UNIQUE (agent_id, metric_date),
  CONSTRAINT agent_metrics_requests_check CHECK (successful_requests + failed_requests <= total_requests)
);

CREATE INDEX IF NOT EXISTS idx_agent_metrics_date
  ON agent_metrics (metric_date DESC) INCLUDE (agent_id, total_requests);
CREATE INDEX IF NOT EXISTS idx_agent_metrics_failures ON agent_metrics (metric_date) WHERE failed_requests > 0;

CREATE TABLE IF NOT EXISTS circuit_breaker_state (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id           uuid NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
  state              varchar(20) NOT NULL DEFAULT 'closed',
  failure_count      integer NOT NULL DEFAULT 0,
  success_count      integer NOT NULL DEFAULT 0,
  failure_threshold  integer NOT NULL DEFAULT 5,
  last_failure_at    timestamptz,
  opened_at          timestamptz,
  next_attempt_at    timestamptz,
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT circuit_breaker_state_state_check CHECK (state IN ('closed', 'open', 'half_open')),
  CONSTRAINT circuit_breaker_state_threshold_check CHECK (failure_threshold > 0)
);

CREATE INDEX IF NOT EXISTS idx_circuit_breaker_state_state ON circuit_breaker_state (state);
CREATE INDEX IF NOT EXISTS idx_circuit_breaker_state_retry
  ON circuit_breaker_state (next_attempt_at) WHERE state <> 'closed';

-- TRIGGERS ----------------------------------------------------------------

CREATE TRIGGER update_agents_updated_at
  BEFORE UPDATE ON agents FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_models_updated_at
  BEFORE UPDATE ON models FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_chat_sessions_updated_at
  BEFORE UPDATE ON chat_sessions FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_agent_health_updated_at
  BEFORE UPDATE ON agent_health FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_agent_metrics_updated_at
  BEFORE UPDATE ON agent_metrics FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_circuit_breaker_state_updated_at
  BEFORE UPDATE ON circuit_breaker_state FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

-- VIEWS -------------------------------------------------------------------

CREATE OR REPLACE VIEW v_recent_sessions AS
SELECT
  s.id,
  s.user_id,
  s.organization_id,
  s.title,
  s.status,
  a.name AS agent_name,
  m.name AS model_name,
  c.message_count,
  s.last_message_at,
  s.created_at
FROM chat_sessions s
LEFT JOIN agents a ON a.id = s.agent_id
LEFT JOIN models m ON m.id = s.model_id
CROSS JOIN LATERAL (
  SELECT count(*) AS message_count FROM chat_messages cm WHERE cm.session_id = s.id
) c
WHERE coalesce(s.last_message_at, s.created_at) > now() - interval '30 days';

CREATE OR REPLACE VIEW v_agent_status AS
SELECT
  a.id AS agent_id,
  a.name,
  a.type,
  a.enabled,
  coalesce(h.status, 'unknown') AS health_status,
  h.response_time_ms,
  coalesce(h.consecutive_failures, 0) AS consecutive_failures,
  h.last_check_at,
  coalesce(b.state, 'closed') AS circuit_state,
  b.next_attempt_at
FROM agents a
LEFT JOIN agent_health h ON h.agent_id = a.id
LEFT JOIN circuit_breaker_state b ON b.agent_id = a.id;

-- ROW-LEVEL SECURITY ------------------------------------------------------

ALTER TABLE agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE models ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE agent_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE agent_health ENABLE ROW LEVEL SECURITY;
ALTER TABLE agent_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE circuit_breaker_state ENABLE ROW LEVEL SECURITY;

CREATE POLICY agents_select_enabled ON agents FOR SELECT USING (auth.uid() IS NOT NULL AND enabled);
CREATE POLICY models_select_enabled ON models FOR SELECT USING (auth.uid() IS NOT NULL AND enabled);

CREATE POLICY chat_sessions_select_own ON chat_sessions FOR SELECT USING (user_id = auth.uid());
CREATE POLICY chat_sessions_insert_own ON chat_sessions FOR INSERT WITH CHECK (user_id = auth.uid());
CREATE POLICY chat_sessions_update_own ON chat_sessions FOR UPDATE USING (user_id = auth.uid());
CREATE POLICY chat_sessions_delete_own ON chat_sessions FOR DELETE USING (user_id = auth.uid());

CREATE POLICY chat_messages_select_own ON chat_messages FOR SELECT
  USING (session_id IN (SELECT s.id FROM chat_sessions s WHERE s.user_id = auth.uid()));
CREATE POLICY chat_messages_insert_own ON chat_messages FOR INSERT
  WITH CHECK (session_id IN (SELECT s.id FROM chat_sessions s WHERE s.user_id = auth.uid()));

CREATE POLICY agent_executions_select_own ON agent_executions FOR SELECT USING (user_id = auth.uid());

CREATE POLICY agent_health_select ON agent_health FOR SELECT USING (auth.uid() IS NOT NULL);
CREATE POLICY agent_metrics_select ON agent_metrics FOR SELECT USING (auth.uid() IS NOT NULL);
CREATE POLICY circuit_breaker_state_select ON circuit_breaker_state FOR SELECT USING (auth.uid() IS NOT NULL);

-- COMMENTS ----------------------------------------------------------------

COMMENT ON TABLE agents IS 'Agents that can be talked to, such as ccrouter and droid';
COMMENT ON TABLE models IS 'Language models that an agent can use';
COMMENT ON TABLE chat_sessions IS 'Conversations of a user with an agent';
COMMENT ON TABLE chat_messages IS 'Single messages of a conversation';
COMMENT ON TABLE agent_executions IS 'Every run of an agent with its time, tokens and cost';
COMMENT ON TABLE agent_health IS 'Whether an agent can be reached, as last checked';
COMMENT ON TABLE agent_metrics IS 'Figures of one agent for one day';
COMMENT ON TABLE circuit_breaker_state IS 'Whether calls to a failing agent are held back';
