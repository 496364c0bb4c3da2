INSERT INTO tenants (name) VALUES ('a'), ('b');
INSERT INTO gone SELECT 1, id FROM tenants LIMIT 1;
