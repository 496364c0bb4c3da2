-- index_advisor: suggests indexes for a query. From its README.
-- version: 0.2.0
-- requires: hypopg
CREATE FUNCTION index_advisor(query text) RETURNS TABLE(startup_cost_before jsonb, startup_cost_after jsonb, total_cost_before jsonb, total_cost_after jsonb, index_statements text[], errors text[]) VOLATILE;
