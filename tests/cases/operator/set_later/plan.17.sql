SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER OPERATOR app.!== (text, text) SET (negator = OPERATOR(app.===));
ALTER OPERATOR app.=== (text, text) SET (restrict = eqsel, commutator = OPERATOR(app.===), negator = OPERATOR(app.!==), hashes, merges);
COMMIT;
