insert into ticket_history (id, ticket_id, at, actor_id, via, field, from_value, to_value, from_user,
  to_user, key_id)
