-- What still works afterwards, or did not work before.
SET search_path = public;
select id, rating from feedback where tenant_id = $1;
update users set is_active = $1 where id = $2;
WITH late AS (SELECT id FROM conversations WHERE title ILIKE $1 LIMIT $2) DELETE FROM conversations c USING late WHERE c.id = late.id;
select code, label || $1 from tickets where status = 'open';
select nothing from nowhere;
