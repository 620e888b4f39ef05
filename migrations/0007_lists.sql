-- What lists of services and articles are filtered by stands in their versions and revisions. Its
-- copies stand beside the heads, so that each such list is read in order by an index of its own.
alter table customer_services add column draft_category text; -- of the working copy
alter table customer_services add column live_category text;  -- of what is live
update customer_services set
    draft_category = (select v.category from service_versions v
        where v.service_id = customer_services.id
        and v.n = coalesce(customer_services.draft_version, customer_services.live_version)),
    live_category = (select v.category from service_versions v
        where v.service_id = customer_services.id and v.n = customer_services.live_version);
create index customer_services_draft_category on customer_services
    (draft_category, created_at desc, id desc);
create index customer_services_live_category on customer_services
    (live_category, created_at desc, id desc) where status = 'active';

alter table knowledge_base add column draft_category text;
alter table knowledge_base add column live_category text;
alter table knowledge_base add column live_visibility text;
update knowledge_base set
    draft_category = (select r.category from article_revisions r
        where r.article_id = knowledge_base.id and r.n = knowledge_base.latest_revision),
    live_category = (select r.category from article_revisions r
        where r.article_id = knowledge_base.id and r.n = knowledge_base.live_revision),
    live_visibility = (select r.visibility from article_revisions r
        where r.article_id = knowledge_base.id and r.n = knowledge_base.live_revision);
create index knowledge_base_draft_category on knowledge_base
    (draft_category, updated_at desc, id desc);
create index knowledge_base_live_category on knowledge_base
    (live_category, published_at desc, id desc) where status = 'published';
create index knowledge_base_public on knowledge_base
    (status, live_visibility, published_at desc, id desc);
create index knowledge_base_public_category on knowledge_base
    (status, live_visibility, live_category, published_at desc, id desc);

-- The tags of what each view shows, in the order of that view's list: the working copy by its last
-- change, what is live and what is public by their first publication.
create table article_tags (
    view text not null check (view in ('draft', 'live', 'public')),
    article_id uuid not null references knowledge_base (id),
    tag text not null,
    at timestamptz not null,
    primary key (article_id, view, tag)
);
create index article_tags_list on article_tags (view, tag, at desc, article_id desc);
