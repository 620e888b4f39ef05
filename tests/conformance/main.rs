//! Every `Tx` method on both engines.

mod event_order;
mod events;
mod services;
mod tickets;

mod ticket_rows {
    use crate::tickets;
    bsm_tests::on_both_engines! {
        tickets::round_trip as round_trip,
        tickets::numbers_rise as numbers_rise,
        tickets::update as update,
        tickets::follow_ups as follow_ups,
        tickets::lists as lists,
        tickets::notes_are_searched_by_staff_only as notes_are_searched_by_staff_only,
        tickets::messages as messages,
        tickets::history as history,
        tickets::ratings as ratings,
    }
}

mod service_rows {
    use crate::services;
    bsm_tests::on_both_engines! {
        services::a_draft_reads_back_as_it_was_written as a_draft_reads_back_as_it_was_written,
        services::a_draft_stands_beside_what_is_live as a_draft_stands_beside_what_is_live,
        services::lists_keep_to_their_filters as lists_keep_to_their_filters,
        services::services_are_found_by_their_words as services_are_found_by_their_words,
        services::an_unused_service_can_be_deleted as an_unused_service_can_be_deleted,
    }
}

mod event_log {
    use crate::events;
    bsm_tests::on_both_engines! {
        events::events_are_read_back as events_are_read_back,
        events::an_unknown_kind_is_passed_over as an_unknown_kind_is_passed_over,
        events::what_is_rolled_back_is_not_delivered as what_is_rolled_back_is_not_delivered,
        events::a_wake_up_is_quick_and_a_lost_one_costs_a_moment as a_wake_up_is_quick_and_a_lost_one_costs_a_moment,
        events::a_subscription_knows_where_it_begins as a_subscription_knows_where_it_begins,
        events::a_hub_ends_with_its_last_handle as a_hub_ends_with_its_last_handle,
        events::each_listener_gets_each_event_once_in_order as each_listener_gets_each_event_once_in_order,
    }
}

/// The order of events where several connections write: PostgreSQL alone has that question.
mod postgres_order {
    use crate::event_order;
    use bsm_tests::TestDb;

    macro_rules! on_postgres {
        ($($test:ident($with:ident)),+ $(,)?) => {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let db = TestDb::postgres().await;
                event_order::$test(db.$with()).await;
                db.remove().await;
            })+
        };
    }

    on_postgres! {
        an_open_transaction_holds_back_only_its_own_event(handle),
        without_numbering_the_held_event_is_missed(handle),
        thousands_of_waiting_events_are_numbered_in_order(handle),
        one_replica_at_a_time_numbers(handle),
        two_replicas_deliver_the_same_order(url),
        replicas_wake_each_other(url),
    }
}
