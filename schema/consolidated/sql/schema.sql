-- Core multi-tenant infrastructure: organizations, users, sessions, MCP servers, prompts, audit.
-- Expects Supabase Auth (auth.uid()). users.id is the id of the account in auth.users.

CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;

CREATE OR REPLACE FUNCTION update_updated_at_column()
RETURNS TRIGGER
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END;
$$;

-- ---------------------------------------------------------------------------
-- Tables
-- ---------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS organizations (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name VARCHAR(255) NOT NULL,
    slug VARCHAR(100) NOT NULL UNIQUE,
    domain VARCHAR(255),
    settings JSONB NOT NULL DEFAULT '{}'::jsonb,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT organizations_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

CREATE TABLE IF NOT EXISTS users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
    email VARCHAR(320) NOT NULL,
    full_name VARCHAR(255),
    avatar_url TEXT,
    role VARCHAR(20) NOT NULL DEFAULT 'member',
    is_active BOOLEAN NOT NULL DEFAULT true,
    last_login_at TIMESTAMPTZ,
    metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT users_role_check CHECK (role IN ('owner', 'admin', 'member', 'viewer', 'service'))
);

CREATE TABLE IF NOT EXISTS user_sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
    session_token_hash BYTEA NOT NULL UNIQUE,
    workspace_context JSONB NOT NULL DEFAULT '{}'::jsonb,
    ip_address INET,
    user_agent TEXT,
    is_active BOOLEAN NOT NULL DEFAULT true,
    last_activity_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT user_sessions_expiry_check CHECK (expires_at > created_at)
);

CREATE TABLE IF NOT EXISTS mcp_configurations (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    transport VARCHAR(20) NOT NULL DEFAULT 'http',
    endpoint_url TEXT,
    command TEXT,
    arguments TEXT[] NOT NULL DEFAULT '{}',
    config JSONB NOT NULL DEFAULT '{}'::jsonb,
    enabled BOOLEAN NOT NULL DEFAULT true,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT mcp_configurations_transport_check CHECK (
        (transport = 'stdio' AND command IS NOT NULL)
        OR (transport IN ('http', 'sse') AND endpoint_url IS NOT NULL)
    )
);

CREATE TABLE IF NOT EXISTS system_prompts (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    scope VARCHAR(20) NOT NULL,
    organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL,
    content TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT system_prompts_version_check CHECK (version > 0),
    CONSTRAINT system_prompts_scope_check CHECK (
        (scope = 'global' AND organization_id IS NULL AND user_id IS NULL)
        OR (scope = 'organization' AND organization_id IS NOT NULL AND user_id IS NULL)
        OR (scope = 'user' AND organization_id IS NULL AND user_id IS NOT NULL)
    )
);

-- No foreign keys: the trail keeps the ids of what has been deleted since.
CREATE TABLE IF NOT EXISTS audit_logs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id UUID,
    user_id UUID,
    action VARCHAR(100) NOT NULL,
    resource_type VARCHAR(100) NOT NULL,
    resource_id TEXT,
    details JSONB NOT NULL DEFAULT '{}'::jsonb,
    ip_address INET,
    user_agent TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS platform_admins (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL UNIQUE REFERENCES users(id) ON DELETE CASCADE,
    admin_level VARCHAR(20) NOT NULL DEFAULT 'support',
    is_active BOOLEAN NOT NULL DEFAULT true,
    granted_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT platform_admins_level_check CHECK (admin_level IN ('support', 'operator', 'super'))
);

CREATE TABLE IF NOT EXISTS admin_audit_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    admin_id UUID NOT NULL,
    action VARCHAR(100) NOT NULL,
    target_type VARCHAR(100) NOT NULL,
    target_id TEXT,
    organization_id UUID,
    reason TEXT,
    before_state JSONB,
    after_state JSONB,
    ip_address INET,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS oauth_state (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    state VARCHAR(255) NOT NULL UNIQUE,
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
    provider VARCHAR(100) NOT NULL,
    redirect_url TEXT,
    code_verifier VARCHAR(255),
    extra JSONB DEFAULT '{}'::jsonb,
    expires_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS mcp_oauth_tokens (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
    provider VARCHAR(100) NOT NULL,
    access_token_encrypted BYTEA NOT NULL,
    refresh_token_encrypted BYTEA,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (user_id, provider)
);

-- ---------------------------------------------------------------------------
-- Indexes
-- ---------------------------------------------------------------------------

CREATE INDEX IF NOT EXISTS idx_organizations_domain ON organizations(domain) WHERE domain IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_organizations_active ON organizations(created_at DESC) WHERE is_active;

CREATE UNIQUE INDEX IF NOT EXISTS idx_users_email ON users(lower(email));
CREATE INDEX IF NOT EXISTS idx_users_organization_role ON users(organization_id, role);
CREATE INDEX IF NOT EXISTS idx_users_organization_active ON users(organization_id, email) WHERE is_active;
CREATE INDEX IF NOT EXISTS idx_users_last_login ON users(last_login_at DESC NULLS LAST);

CREATE INDEX IF NOT EXISTS idx_user_sessions_user_activity ON user_sessions(user_id, last_activity_at DESC);
CREATE INDEX IF NOT EXISTS idx_user_sessions_organization_id ON user_sessions(organization_id);
CREATE INDEX IF NOT EXISTS idx_user_sessions_expires_at ON user_sessions(expires_at);
CREATE INDEX IF NOT EXISTS idx_user_sessions_workspace ON user_sessions USING gin (workspace_context jsonb_path_ops);

CREATE UNIQUE INDEX IF NOT EXISTS idx_mcp_configurations_organization_name
    ON mcp_configurations(organization_id, name) WHERE user_id IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS idx_mcp_configurations_user_name
    ON mcp_configurations(user_id, name) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_mcp_configurations_enabled ON mcp_configurations(organization_id) WHERE enabled;
CREATE INDEX IF NOT EXISTS idx_mcp_configurations_created_by ON mcp_configurations(created_by);
CREATE INDEX IF NOT EXISTS idx_mcp_configurations_config ON mcp_configurations USING gin (config jsonb_path_ops);

CREATE UNIQUE INDEX IF NOT EXISTS idx_system_prompts_name_version
    ON system_prompts(scope, organization_id, user_id, name, version) NULLS NOT DISTINCT;
CREATE INDEX IF NOT EXISTS idx_system_prompts_scope ON system_prompts(scope, priority DESC) WHERE is_active;
CREATE INDEX IF NOT EXISTS idx_system_prompts_organization_id
    ON system_prompts(organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_system_prompts_user_id ON system_prompts(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_system_prompts_created_by ON system_prompts(created_by);

CREATE INDEX IF NOT EXISTS idx_audit_logs_organization_created ON audit_logs(organization_id, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_audit_logs_user_created ON audit_logs(user_id, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_audit_logs_action ON audit_logs(action, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_audit_logs_resource ON audit_logs(resource_type, resource_id);
CREATE INDEX IF NOT EXISTS idx_audit_logs_created_at ON audit_logs USING brin (created_at);
CREATE INDEX IF NOT EXISTS idx_audit_logs_details ON audit_logs USING gin (details jsonb_path_ops);

CREATE INDEX IF NOT EXISTS idx_platform_admins_level ON platform_admins(admin_level) WHERE is_active;
CREATE INDEX IF NOT EXISTS idx_platform_admins_granted_by ON platform_admins(granted_by);

CREATE INDEX IF NOT EXISTS idx_admin_audit_log_admin_created ON admin_audit_log(admin_id, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_admin_audit_log_target ON admin_audit_log(target_type, target_id);
CREATE INDEX IF NOT EXISTS idx_admin_audit_log_organization
    ON admin_audit_log(organization_id, created_at DESC) WHERE organization_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_admin_audit_log_created_at ON admin_audit_log USING brin (created_at);

CREATE INDEX IF NOT EXISTS idx_oauth_state_user_id ON oauth_state(user_id);
CREATE INDEX IF NOT EXISTS idx_oauth_state_expires_at ON oauth_state(expires_at);

CREATE INDEX IF NOT EXISTS idx_mcp_oauth_tokens_organization_id ON mcp_oauth_tokens(organization_id);
CREATE INDEX IF NOT EXISTS idx_mcp_oauth_tokens_provider ON mcp_oauth_tokens(provider);

-- ---------------------------------------------------------------------------
-- Functions
-- ---------------------------------------------------------------------------

-- The key is the caller's: it is never stored in the database.
CREATE OR REPLACE FUNCTION encrypt_token(p_token TEXT, p_key TEXT)
RETURNS BYTEA
LANGUAGE sql
VOLATILE STRICT
SET search_path = ''
AS $$
    SELECT extensions.pgp_sym_encrypt(p_token, p_key, 'cipher-algo=aes256')
$$;

CREATE OR REPLACE FUNCTION decrypt_token(p_token BYTEA, p_key TEXT)
RETURNS TEXT
LANGUAGE sql
STABLE STRICT
SET search_path = ''
AS $$
    SELECT extensions.pgp_sym_decrypt(p_token, p_key)
$$;

-- Runs as its owner, because nobody else may write audit_logs. Who acted is taken from the sign-in, not the caller.
CREATE OR REPLACE FUNCTION log_audit_event(
    p_action TEXT,
    p_resource_type TEXT,
    p_resource_id TEXT DEFAULT NULL,
    p_details JSONB DEFAULT '{}'
)
RETURNS BIGINT
LANGUAGE sql
VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
    INSERT INTO public.audit_logs (organization_id, user_id, action, resource_type, resource_id, details)
    SELECT
        (SELECT u.organization_id FROM public.users u WHERE u.id = auth.uid()),
        auth.uid(), p_action, p_resource_type, p_resource_id, p_details
    RETURNING id
$$;

CREATE OR REPLACE FUNCTION cleanup_expired_sessions()
RETURNS INTEGER
LANGUAGE sql
VOLATILE
SET search_path = ''
AS $$
    WITH gone AS (
        DELETE FROM public.user_sessions WHERE expires_at < now() RETURNING 1
    )
    SELECT count(*)::integer FROM gone
$$;

CREATE OR REPLACE FUNCTION get_effective_system_prompts(p_user_id UUID DEFAULT auth.uid())
RETURNS TABLE (prompt_id UUID, scope TEXT, name TEXT, content TEXT, priority INTEGER)
LANGUAGE sql
STABLE
SET search_path = ''
AS $$
    SELECT p.id, p.scope::text, p.name::text, p.content, p.priority
    FROM public.system_prompts p
    WHERE p.is_active
      AND (
        p.scope = 'global'
        OR p.organization_id = (SELECT u.organization_id FROM public.users u WHERE u.id = p_user_id)
        OR p.user_id = p_user_id
      )
    ORDER BY
        CASE p.scope WHEN 'global' THEN 1 WHEN 'organization' THEN 2 ELSE 3 END,
        p.priority DESC, p.name, p.version DESC
$$;

-- ---------------------------------------------------------------------------
-- Triggers
-- ---------------------------------------------------------------------------

CREATE TRIGGER update_organizations_updated_at
    BEFORE UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_users_updated_at
    BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_user_sessions_updated_at
    BEFORE UPDATE ON user_sessions FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_mcp_configurations_updated_at
    BEFORE UPDATE ON mcp_configurations FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_system_prompts_updated_at
    BEFORE UPDATE ON system_prompts FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_platform_admins_updated_at
    BEFORE UPDATE ON platform_admins FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_mcp_oauth_tokens_updated_at
    BEFORE UPDATE ON mcp_oauth_tokens FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

-- ---------------------------------------------------------------------------
-- Views
-- ---------------------------------------------------------------------------

CREATE OR REPLACE VIEW active_user_sessions AS
SELECT
    s.id,
    s.user_id,
    u.email,
    u.full_name,
    s.organization_id,
    o.name AS organization_name,
    s.workspace_context,
    s.ip_address,
    s.last_activity_at,
    s.expires_at
FROM user_sessions s
JOIN users u ON u.id = s.user_id
LEFT JOIN organizations o ON o.id = s.organization_id
WHERE s.is_active AND s.expires_at > now();

-- What each user gets: the organization's enabled servers, with the user's own in place of one of the same name.
CREATE OR REPLACE VIEW effective_mcp_configurations AS
SELECT DISTINCT ON (u.id, c.name)
    u.id AS user_id,
    c.organization_id,
    c.name,
    c.id AS mcp_configuration_id,
    c.user_id IS NOT NULL AS is_personal,
    c.transport,
    c.endpoint_url,
    c.command,
    c.arguments,
    c.config
FROM users u
JOIN mcp_configurations c
    ON c.organization_id = u.organization_id AND (c.user_id IS NULL OR c.user_id = u.id)
WHERE c.enabled AND u.is_active
ORDER BY u.id, c.name, c.user_id NULLS LAST;

-- ---------------------------------------------------------------------------
-- Row-level security
-- ---------------------------------------------------------------------------

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE mcp_configurations ENABLE ROW LEVEL SECURITY;
ALTER TABLE system_prompts ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform_admins ENABLE ROW LEVEL SECURITY;
ALTER TABLE admin_audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE oauth_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE mcp_oauth_tokens ENABLE ROW LEVEL SECURITY;

-- platform_admins and users_select_own read no other table, so that every policy below may look there.
CREATE POLICY platform_admins_select_own ON platform_admins FOR SELECT
    USING (user_id = auth.uid());

CREATE POLICY users_select_own ON users FOR SELECT
    USING (id = auth.uid());
CREATE POLICY users_manage_platform_admin ON users FOR ALL
    USING (EXISTS (SELECT 1 FROM platform_admins p WHERE p.user_id = auth.uid() AND p.is_active));

CREATE POLICY organizations_select_member ON organizations FOR SELECT
    USING (id = (SELECT u.organization_id FROM users u WHERE u.id = auth.uid() AND u.is_active));
CREATE POLICY organizations_manage_platform_admin ON organizations FOR ALL
    USING (EXISTS (SELECT 1 FROM platform_admins p WHERE p.user_id = auth.uid() AND p.is_active));

CREATE POLICY user_sessions_select_own ON user_sessions FOR SELECT
    USING (user_id = auth.uid());
CREATE POLICY user_sessions_delete_own ON user_sessions FOR DELETE
    USING (user_id = auth.uid());

CREATE POLICY mcp_configurations_select_effective ON mcp_configurations FOR SELECT
    USING (
        (user_id IS NULL OR user_id = auth.uid())
        AND organization_id = (SELECT u.organization_id FROM users u WHERE u.id = auth.uid() AND u.is_active)
    );
CREATE POLICY mcp_configurations_manage_own ON mcp_configurations FOR ALL
    USING (
        user_id = auth.uid()
        AND organization_id = (SELECT u.organization_id FROM users u WHERE u.id = auth.uid() AND u.is_active)
    );
CREATE POLICY mcp_configurations_manage_organization ON mcp_configurations FOR ALL
    USING (
        user_id IS NULL
        AND organization_id = (
            SELECT u.organization_id FROM users u
            WHERE u.id = auth.uid() AND u.is_active AND u.role IN ('owner', 'admin')
        )
    );

CREATE POLICY system_prompts_select_effective ON system_prompts FOR SELECT
    USING (
        scope = 'global'
        OR organization_id = (SELECT u.organization_id FROM users u WHERE u.id = auth.uid() AND u.is_active)
        OR user_id = auth.uid()
    );
CREATE POLICY system_prompts_manage_own ON system_prompts FOR ALL
    USING (scope = 'user' AND user_id = auth.uid());
CREATE POLICY system_prompts_manage_organization ON system_prompts FOR ALL
    USING (
        scope = 'organization'
        AND organization_id = (
            SELECT u.organization_id FROM users u
            WHERE u.id = auth.uid() AND u.is_active AND u.role IN ('owner', 'admin')
        )
    );

CREATE POLICY audit_logs_select_organization ON audit_logs FOR SELECT
    USING (
        organization_id = (
            SELECT u.organization_id FROM users u
            WHERE u.id = auth.uid() AND u.is_active AND u.role IN ('owner', 'admin')
        )
    );

CREATE POLICY admin_audit_log_select_platform_admin ON admin_audit_log FOR SELECT
    USING (EXISTS (SELECT 1 FROM platform_admins p WHERE p.user_id = auth.uid() AND p.is_active));

CREATE POLICY oauth_state_select_own ON oauth_state FOR SELECT
    USING (user_id = auth.uid());

CREATE POLICY mcp_oauth_tokens_select_own ON mcp_oauth_tokens FOR SELECT
    USING (user_id = auth.uid());

-- ---------------------------------------------------------------------------
-- Comments
-- ---------------------------------------------------------------------------

COMMENT ON TABLE organizations IS 'Customers: every organization has its own users and data';
COMMENT ON TABLE users IS 'User accounts with their role in the organization';
COMMENT ON TABLE user_sessions IS 'Signed-in sessions with the workspace that each is working in';
COMMENT ON TABLE mcp_configurations IS 'MCP servers of an organization, or of one of its users';
COMMENT ON TABLE system_prompts IS 'System prompts on three levels: global, organization, user';
COMMENT ON TABLE audit_logs IS 'What users did; only ever added to';
COMMENT ON TABLE platform_admins IS 'Users who administer the platform itself';
COMMENT ON TABLE admin_audit_log IS 'What platform administrators did; only ever added to';
COMMENT ON TABLE oauth_state IS 'OAuth requests under way';
COMMENT ON TABLE mcp_oauth_tokens IS 'OAuth tokens for MCP servers, encrypted';
COMMENT ON COLUMN mcp_oauth_tokens.access_token_encrypted IS 'Made by encrypt_token()';
COMMENT ON COLUMN user_sessions.session_token_hash IS 'SHA-256 of the token; the token itself is not stored';
