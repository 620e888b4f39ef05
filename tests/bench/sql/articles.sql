-- Articles that have a word, the best first, and the categories beside them.
select k.id, k.status, k.latest_revision, k.live_revision, k.helpful, k.not_helpful, k.unhelpfulness,
  k.version, k.created_at, k.updated_at, k.published_at, k.live_at, k.ticket_id, r.n, r.title, r.slug,
  r.summary, r.category, r.tags, r.visibility, r.note, r.author_id, a.name as author_name,
  r.created_at as revised_at, r.restored_from, r.body
from knowledge_base k
left join article_revisions r on r.article_id = k.id and r.n = k.live_revision
left join users a on a.id = r.author_id
join content_search on content_search.id = k.id and content_search.kind = :kind
  and content_search.scope = :scope and {article has words}
where k.status = 'published' order by {best first} limit 100;
select k.live_category as category, count(*) as items from knowledge_base k
where k.status = 'published' group by k.live_category;
select id, kind, name, name_key, icon, place, version, created_at, updated_at
from categories where kind = :kind order by place, id;
