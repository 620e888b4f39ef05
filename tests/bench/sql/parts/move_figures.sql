update customer_figures set tickets_total = tickets_total + {total}, tickets_new = tickets_new + {total},
  tickets_open = tickets_open + 0, tickets_pending = tickets_pending + 0,
  tickets_on_hold = tickets_on_hold + 0, tickets_resolved = tickets_resolved + 0,
  tickets_closed = tickets_closed + 0, answered = answered + 0, solved = solved + 0,
  ratings = ratings + 0, score_sum = score_sum + 0, services_requested = services_requested + 0,
  moved_at = case when tickets_total = 0 or moved_at < :at then :at else moved_at end
where customer_id = {customer} returning answered, solved, ratings, score_sum
