-- Where this database was when it was last served: in another place it was restored there.
create table event_place (
    id bigint primary key check (id = 1),
    place text not null
);
