INSERT INTO public.tenants (id, name, slug) VALUES
  ('00000000-0000-0000-0000-000000000001', 'One', 'one'), ('00000000-0000-0000-0000-000000000002', 'Two', 'two');
INSERT INTO public.users (id, tenant_id, email, full_name) VALUES
  ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000001', 'a@example.org', 'Ada'),
  ('00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-000000000001', 'b@example.org', 'Ada'),
  ('00000000-0000-0000-0000-000000000013', '00000000-0000-0000-0000-000000000002', 'c@example.org', 'Cem'),
  ('00000000-0000-0000-0000-000000000014', '00000000-0000-0000-0000-000000000002', 'd@example.org', NULL),
  ('00000000-0000-0000-0000-000000000015', '00000000-0000-0000-0000-000000000002', 'e@example.org', NULL);
INSERT INTO public.conversations (id, tenant_id, user_id, title) VALUES
  ('00000000-0000-0000-0000-000000000021', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000011', 'short'),
  ('00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000011', 'a title that is longer than twenty'),
  ('00000000-0000-0000-0000-000000000023', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000011', 'spaces at the end                  ');
INSERT INTO public.feedback (id, tenant_id, conversation_id, user_id, rating, comment)
  SELECT format('00000000-0000-0000-0000-0000000000%s', 30 + n)::uuid, '00000000-0000-0000-0000-000000000001',
         '00000000-0000-0000-0000-000000000021', '00000000-0000-0000-0000-000000000011', n, CASE n WHEN 2 THEN NULL WHEN 3 THEN NULL WHEN 4 THEN repeat('x', 6000) ELSE 'fine' END
  FROM generate_series(1, 5) n;

INSERT INTO public.tickets
  (id, code, amount, label, tags, big, flags, status, history, contact, copies, room, during, tenant, note, word, gone) VALUES
  (1, '12', 1.50, 'one', '{a}', 1, '101', 'open', '{open}', 'a@b', '{a@b}', 1, '[1,5)', '00000000-0000-0000-0000-000000000001', 'same', 'low', 'x'),
  (2, 'abc', 2.50, 'two', '{b}', 2, '101', 'open', '{waiting,open}', 'nobody', '{a@b,nobody}', 2, '[10,20)', '00000000-0000-0000-0000-000000000099', 'same', 'high', 'x'),
  (3, '', 1234.50, 'three', '{0123456789ab}', 3, '11110000', 'waiting', '{}', NULL, NULL, NULL, '[3,4)', NULL, NULL, NULL, 'x'),
  (4, '4', -1.00, 'a label that is long', NULL, 9999999999, NULL, 'closed', NULL, 'a@b', NULL, 60, '[15,16)', NULL, NULL, 'unheard of', 'x'),
  (5, '5', 3.00, 'ONE', NULL, 5, NULL, 'closed', NULL, 'a@b', NULL, 1, NULL, NULL, 'other', NULL, 'x');
INSERT INTO public.calm
  (id, code, amount, label, tags, big, flags, status, history, contact, copies, room, during, tenant, note, word) VALUES
  (1, '12', 1.50, 'one', '{a}', 1, '101', 'open', '{open}', 'a@b', '{a@b}', 1, '[1,5)', '00000000-0000-0000-0000-000000000001', 'same', 'low'),
  (2, '-7', 99.99, '0123456789   ', '{0123456789}', 2147483647, '1111', 'closed', '{closed,NULL}', NULL, NULL, 49, '[5,6)', NULL, NULL, 'high'),
  (3, ' 9 ', 0.01, 'one', NULL, 0, NULL, 'closed', NULL, NULL, NULL, 3, NULL, NULL, NULL, NULL),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, 'closed', NULL, NULL, NULL, 2, 'empty', NULL, NULL, NULL);
INSERT INTO public.keyless VALUES (1, 1), (1, 2), (2, 3), (NULL, 4), (NULL, 5), (3, 6);
INSERT INTO public.measures VALUES ('2026-02-01', 1), ('2026-02-02', NULL), ('2026-02-03', -1), ('2026-02-04', -2);
INSERT INTO public.measures VALUES ('2025-06-01', 5), ('2023-06-01', 5), ('2025-07-01', 5);
INSERT INTO public.measures_2025 VALUES ('2025-03-01', 1), ('2024-12-31', 1);
INSERT INTO public.calm_2024 VALUES ('2024-01-01', 1), ('2024-12-31', 1);
