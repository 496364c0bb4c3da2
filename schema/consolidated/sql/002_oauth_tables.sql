-- migration 002: state and tokens for OAuth
-- stands alone: user_id holds auth.uid() and refers to no table of ours

create table if not exists oauth_states (
  id uuid primary key default gen_random_uuid(),
  state text not null,
  user_id uuid not null,
  provider text not null,
  redirect_uri text not null,
  code_verifier text,
  scopes text[] not null default '{}',
  expires_at timestamptz not null default now() + interval '10 minutes',
  consumed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint oauth_states_state_key unique (state),
  constraint oauth_states_state_check check (length(state) >= 32),
  constraint oauth_states_code_verifier_check check (length(code_verifier) between 43 and 128),
  constraint oauth_states_expiry_check check (expires_at > created_at)
);

create table if not exists mcp_oauth_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  provider text not null,
  access_token_encrypted bytea not null,
  refresh_token_encrypted bytea,
  token_type text not null default 'Bearer',
  scope text,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint mcp_oauth_tokens_user_id_provider_key unique (user_id, provider),
  constraint mcp_oauth_tokens_token_type_check check (token_type <> '')
);

create index if not exists idx_oauth_states_user_id on oauth_states (user_id);
create index if not exists idx_oauth_states_expires_at on oauth_states (expires_at);
create index if not exists idx_oauth_states_pending on oauth_states (provider, created_at) where consumed_at is null;

create index if not exists idx_mcp_oauth_tokens_expires_at on mcp_oauth_tokens (expires_at)
  where expires_at is not null;
create index if not exists idx_mcp_oauth_tokens_refreshable on mcp_oauth_tokens (expires_at)
  where refresh_token_encrypted is not null;

create or replace function cleanup_expired_oauth_states()
returns integer
language sql
volatile
set search_path = ''
as $$
  with gone as (
    delete from public.oauth_states
    where expires_at < now() or consumed_at < now() - interval '1 hour'
    returning 1
  )
  select count(*)::integer from gone
$$;

-- a token that can be refreshed stays
create or replace function cleanup_expired_oauth_tokens()
returns integer
language sql
volatile
set search_path = ''
as $$
  with gone as (
    delete from public.mcp_oauth_tokens
    where expires_at < now() and refresh_token_encrypted is null
    returning 1
  )
  select count(*)::integer from gone
$$;

alter table oauth_states enable row level security;
alter table mcp_oauth_tokens enable row level security;

create policy oauth_states_select_own on oauth_states for select
  using ((select auth.uid()) = user_id);
create policy oauth_states_insert_own on oauth_states for insert
  with check ((select auth.uid()) = user_id);
create policy oauth_states_delete_own on oauth_states for delete
  using ((select auth.uid()) = user_id);

create policy mcp_oauth_tokens_select_own on mcp_oauth_tokens for select
  using ((select auth.uid()) = user_id);
create policy mcp_oauth_tokens_delete_own on mcp_oauth_tokens for delete
  using ((select auth.uid()) = user_id);

comment on table oauth_states is 'State parameters of OAuth requests under way, against CSRF';
comment on table mcp_oauth_tokens is 'Access and refresh tokens for MCP servers, encrypted at rest';
comment on column mcp_oauth_tokens.scope is 'What the token may do, as the provider says it, separated by spaces';
comment on column oauth_states.code_verifier is 'PKCE secret of the request';
