-- Where somebody is signed in now, newest first: of all their sign-ins few are left.
create index sessions_live on sessions (user_id, created_at desc, id desc) where ended_at is null;

-- A link ends in one of two ways: its person set a password with it, or another one, or a password
-- set by other means, took its place. Before this, `used_at` meant either.
alter table password_links add column replaced_at timestamptz;
drop index password_links_user;
create index password_links_user on password_links (user_id, created_at desc, id desc);
