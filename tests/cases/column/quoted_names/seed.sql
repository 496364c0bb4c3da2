INSERT INTO "Mixed Case" VALUES (1, 'x');
