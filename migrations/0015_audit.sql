-- One index for each way the audit is filtered, in the order it is read.
create index audit_actor_at on audit (actor_id, at desc, id desc);
create index audit_action_at on audit (action, at desc, id desc);
create index audit_subject_at on audit (subject_id, at desc, id desc);
