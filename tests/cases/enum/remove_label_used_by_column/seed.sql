INSERT INTO a VALUES (1, 'active', '{draft,active}'), (2, 'draft', '{}');
