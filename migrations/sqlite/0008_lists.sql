-- The tags of the articles that were there before: the engines read lists of JSON each in their way.
insert into article_tags (view, article_id, tag, at)
select distinct 'draft', k.id, t.value, k.updated_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.latest_revision
cross join json_each(r.tags) t;
insert into article_tags (view, article_id, tag, at)
select distinct 'live', k.id, t.value, k.published_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.live_revision
cross join json_each(r.tags) t
where k.status = 'published';
insert into article_tags (view, article_id, tag, at)
select distinct 'public', k.id, t.value, k.published_at from knowledge_base k
join article_revisions r on r.article_id = k.id and r.n = k.live_revision
cross join json_each(r.tags) t
where k.status = 'published' and r.visibility = 'public';
