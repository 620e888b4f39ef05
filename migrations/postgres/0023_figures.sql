-- Counts what was there before the roll-ups: how a moment becomes a number is each engine's own.
insert into figure_quarters (quarter, resolutions, reopened, rated,
    score_1, score_2, score_3, score_4, score_5)
select slot, sum(resolutions), sum(reopened), sum(rated),
    sum(s1), sum(s2), sum(s3), sum(s4), sum(s5)
from (
    select floor(extract(epoch from resolved_at))::bigint / 900 as slot,
        1 as resolutions,
        case when reopened then 1 else 0 end as reopened,
        case when score is not null then 1 else 0 end as rated,
        0 as s1, 0 as s2, 0 as s3, 0 as s4, 0 as s5
    from resolutions
    union all
    select floor(extract(epoch from created_at))::bigint / 900,
        0, 0, 0,
        case when score = 1 then 1 else 0 end,
        case when score = 2 then 1 else 0 end,
        case when score = 3 then 1 else 0 end,
        case when score = 4 then 1 else 0 end,
        case when score = 5 then 1 else 0 end
    from ratings
) counted
group by slot;

insert into figure_days (dimension, day, subject_id, resolutions, reopened, rated,
    score_1, score_2, score_3, score_4, score_5)
select 'assignee', slot, subject, sum(resolutions), sum(reopened), sum(rated),
    sum(s1), sum(s2), sum(s3), sum(s4), sum(s5)
from (
    select floor(extract(epoch from resolved_at))::bigint / 86400 as slot,
        coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'::uuid) as subject,
        1 as resolutions,
        case when reopened then 1 else 0 end as reopened,
        case when score is not null then 1 else 0 end as rated,
        0 as s1, 0 as s2, 0 as s3, 0 as s4, 0 as s5
    from resolutions
    union all
    select floor(extract(epoch from created_at))::bigint / 86400,
        coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'::uuid),
        0, 0, 0,
        case when score = 1 then 1 else 0 end,
        case when score = 2 then 1 else 0 end,
        case when score = 3 then 1 else 0 end,
        case when score = 4 then 1 else 0 end,
        case when score = 5 then 1 else 0 end
    from ratings
) counted
group by slot, subject;

insert into figure_days (dimension, day, subject_id, resolutions, reopened, rated,
    score_1, score_2, score_3, score_4, score_5)
select 'service', slot, subject, sum(resolutions), sum(reopened), sum(rated),
    sum(s1), sum(s2), sum(s3), sum(s4), sum(s5)
from (
    select floor(extract(epoch from resolved_at))::bigint / 86400 as slot,
        coalesce(service_id, '00000000-0000-0000-0000-000000000000'::uuid) as subject,
        1 as resolutions,
        case when reopened then 1 else 0 end as reopened,
        case when score is not null then 1 else 0 end as rated,
        0 as s1, 0 as s2, 0 as s3, 0 as s4, 0 as s5
    from resolutions
    union all
    select floor(extract(epoch from created_at))::bigint / 86400,
        coalesce(service_id, '00000000-0000-0000-0000-000000000000'::uuid),
        0, 0, 0,
        case when score = 1 then 1 else 0 end,
        case when score = 2 then 1 else 0 end,
        case when score = 3 then 1 else 0 end,
        case when score = 4 then 1 else 0 end,
        case when score = 5 then 1 else 0 end
    from ratings
) counted
group by slot, subject;

insert into rating_reasons (reason, created_at, rating_id)
select distinct j.value, r.created_at, r.id
from ratings r, jsonb_array_elements_text(r.reasons) j (value);

insert into reason_days (day, reason, ratings)
select floor(extract(epoch from created_at))::bigint / 86400, reason, count(*)
from rating_reasons
group by 1, 2;
