INSERT INTO people VALUES (1, 'ok'), (2, 'happy'); INSERT INTO events VALUES ('ok', now());
