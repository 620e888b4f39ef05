//! Days and months of UTC, by which tickets are found to which something happened in a time: an index has
//! those of each day, and of each month, in the order of the list. No more is read of each than a page
//! needs, however long the time is and however many tickets are in it.

use bsm_domain::clock::Time;
use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};

use crate::ticket_filter::TicketFilter;
use crate::{DbError, Tx};

/// What happened to a ticket, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Created,
    Answered,
    Resolved,
}

/// A time that a filter asks for: from its first moment to before its last.
pub(crate) type Span = (Option<Time>, Option<Time>);

impl Moment {
    /// What must have happened in a time that ends; where that is asked of several, the one whose time
    /// begins, too.
    pub(crate) fn that_ends(filter: &TicketFilter) -> Option<Self> {
        let all = [Self::Created, Self::Answered, Self::Resolved];
        let mut ending = all.into_iter().filter(|m| m.span(filter).1.is_some());
        let first = ending.clone().next();
        ending.find(|m| m.span(filter).0.is_some()).or(first)
    }

    /// When it must have happened.
    pub(crate) const fn span(self, filter: &TicketFilter) -> Span {
        match self {
            Self::Created => (filter.created_from, filter.created_to),
            Self::Answered => (filter.answered_from, filter.answered_to),
            Self::Resolved => (filter.resolved_from, filter.resolved_to),
        }
    }

    /// Its column of `tickets t`.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Created => "t.created_at",
            Self::Answered => "t.first_response_at",
            Self::Resolved => "t.resolved_at",
        }
    }
}

impl InPeriods {
    /// What is asked for in each kind of them: within whole days and months the time itself tells nothing
    /// more.
    pub(crate) fn parts(&self, filter: &TicketFilter) -> [(Unit, &[NaiveDate], TicketFilter); 3] {
        let Periods {
            edges,
            days,
            months,
        } = &self.periods;
        let mut rest = filter.clone();
        let (from, to) = match self.moment {
            Moment::Created => (&mut rest.created_from, &mut rest.created_to),
            Moment::Answered => (&mut rest.answered_from, &mut rest.answered_to),
            Moment::Resolved => (&mut rest.resolved_from, &mut rest.resolved_to),
        };
        (*from, *to) = (None, None);
        [
            (Unit::Day, edges, filter.clone()),
            (Unit::Day, days, rest.clone()),
            (Unit::Month, months, rest),
        ]
    }
}

/// A length of time that an index knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Month,
}

/// The days and months that together cover a time, by their first days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Periods {
    /// Days of which only a part lies in the time: the first and the last at most.
    pub(crate) edges: Vec<NaiveDate>,
    pub(crate) days: Vec<NaiveDate>,
    pub(crate) months: Vec<NaiveDate>,
}

impl Periods {
    /// Those that cover a time: months where whole ones lie in it, days around them.
    pub(crate) fn covering(from: Time, to: Time) -> Self {
        let within = |first: NaiveDate, next: NaiveDate| begin(first) >= from && begin(next) <= to;
        let mut periods = Self::default();
        let mut day = from.date_naive();
        while begin(day) < to {
            let Some(tomorrow) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            let month = day
                .checked_add_months(Months::new(1))
                .filter(|next| day.day() == 1 && within(day, *next));
            if let Some(next) = month {
                periods.months.push(day);
                day = next;
                continue;
            }
            if within(day, tomorrow) {
                periods.days.push(day);
            } else {
                periods.edges.push(day);
            }
            day = tomorrow;
        }
        periods
    }
}

fn begin(day: NaiveDate) -> Time {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The month of a moment, and the one after it.
fn month(at: Time) -> (Time, Time) {
    let first = at.date_naive().with_day(1).unwrap_or_default();
    let next = first.checked_add_months(Months::new(1));
    (begin(first), next.map_or(Time::MAX_UTC, begin))
}

/// A page of tickets to which something happened in one of several periods.
#[derive(Debug, Clone)]
pub(crate) struct InPeriods {
    pub(crate) moment: Moment,
    pub(crate) periods: Periods,
}

impl Tx {
    /// The periods in which something happened to tickets, in the time that a filter asks for: no more
    /// of them than the desk is old.
    pub(crate) async fn periods(
        &mut self,
        moment: Moment,
        filter: &TicketFilter,
    ) -> Result<InPeriods, DbError> {
        let column = moment.column();
        let mut query = self.q("select (select min(");
        for text in [
            column,
            ") from tickets t where ",
            column,
            " is not null), (select max(",
            column,
            ") from tickets t where ",
            column,
            " is not null)",
        ] {
            query.push(text);
        }
        let ends = query.optional::<(Option<Time>, Option<Time>)>().await?;
        let periods = match ends {
            Some((Some(first), Some(last))) => {
                let (from, to) = moment.span(filter);
                let ((began, _), (_, ends)) = (month(first), month(last));
                let from = from.map_or(began, |from| from.max(began));
                Periods::covering(from, to.map_or(ends, |to| to.min(ends)))
            }
            _ => Periods::default(),
        };
        Ok(InPeriods { moment, periods })
    }
}

#[cfg(test)]
mod tests {
    use bsm_domain::clock::Time;

    use super::Periods;

    fn covering(from: &str, to: &str) -> [Vec<String>; 3] {
        let time = |text: &str| text.parse::<Time>().unwrap();
        let periods = Periods::covering(time(from), time(to));
        [periods.edges, periods.days, periods.months]
            .map(|dates| dates.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn whole_months_are_months_whole_days_are_days_and_the_rest_are_edges() {
        let [edges, days, months] = covering("2025-01-30T22:00:00Z", "2025-04-03T00:00:00Z");
        assert_eq!(edges, ["2025-01-30"]);
        assert_eq!(days, ["2025-01-31", "2025-04-01", "2025-04-02"]);
        assert_eq!(months, ["2025-02-01", "2025-03-01"]);
        let [edges, days, months] = covering("2024-02-01T00:00:00Z", "2024-03-01T00:00:00.5Z");
        assert_eq!(edges, ["2024-03-01"]);
        assert!(days.is_empty());
        assert_eq!(months, ["2024-02-01"]);
        let [edges, days, months] = covering("2024-02-01T00:00:01Z", "2024-03-01T00:00:00Z");
        assert_eq!(edges, ["2024-02-01"]);
        assert_eq!((days.len(), months.len()), (28, 0));
    }

    #[test]
    fn a_time_without_length_has_none() {
        assert!(
            covering("2025-01-02T00:00:00Z", "2025-01-02T00:00:00Z")
                .concat()
                .is_empty()
        );
        assert!(
            covering("2025-01-02T00:00:00Z", "2024-01-02T00:00:00Z")
                .concat()
                .is_empty()
        );
        let [edges, ..] = covering("2025-01-02T23:59:59Z", "2025-01-02T23:59:59.5Z");
        assert_eq!(edges, ["2025-01-02"]);
    }

    #[test]
    fn the_end_of_all_dates_ends() {
        let last = Time::MAX_UTC;
        let periods = Periods::covering(last - chrono::Duration::days(40), last);
        assert!(periods.days.len() + periods.months.len() < 45);
    }
}
