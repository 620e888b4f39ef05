-- Staff's list with two filters.
{ticket} where 1 = 1 and t.status = :status and t.priority = :priority
order by t.updated_at desc, t.id desc limit :rows;
