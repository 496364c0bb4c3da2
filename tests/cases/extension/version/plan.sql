SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE EXTENSION citext SCHEMA public VERSION '1.4';
CREATE EXTENSION hstore SCHEMA public VERSION '1.6';
COMMIT;
