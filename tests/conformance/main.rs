//! Every `Tx` method on both engines.

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
