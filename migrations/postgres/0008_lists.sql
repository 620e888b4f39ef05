-- The tags of the articles that were there before: the engines read lists of JSON each in their way.
insert into article_tags (view, article_id, tag, at)
select distinct 'draft', k.id, t.value, k.updated_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.latest_revision
cross join jsonb_array_elements_text(r.tags) as t (value);
insert into article_tags (view, article_id, tag, at)
select distinct 'live', k.id, t.value, k.published_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.live_revision
cross join jsonb_array_elements_text(r.tags) as t (value)
where k.status = 'published';
insert into article_tags (view, article_id, tag, at)
select distinct 'public', k.id, t.value, k.published_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.live_revision
cross join jsonb_array_elements_text(r.tags) as t (value)
where k.status = 'published' and r.visibility = 'public';

-- Of `is null` PostgreSQL does not know that it leaves the rest of an index in order: the tickets
-- that nobody has yet have an index without the column.
create index tickets_unassigned_updated on tickets (updated_at desc, id desc)
    where assignee_id is null;
