-- What no longer works.
select comment from feedback where id = $1;
insert into public.feedback (tenant_id, conversation_id, user_id, rating, comment) values ($1, $2, $3, $4, $5);
select gone from tickets;
select length(code) from tickets;
select id from tickets where status = 'waiting';
