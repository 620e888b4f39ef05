-- A revision that brings an older one back says which.
alter table article_revisions add column restored_from bigint;
