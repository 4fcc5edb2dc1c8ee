//! The only place that looks at the clock: below the façade everything is a function of its input.

use chancery_model::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// The latest day that is today anywhere on earth (UTC+14): a morning paper of Kiritimati is not from the future.
pub fn today() -> Date {
    let now = Timestamp::now();
    let latest = now.checked_add(SignedDuration::from_hours(14)).unwrap_or(now);
    Offset::UTC.to_datetime(latest).date()
}

/// Now, RFC 3339 in UTC.
pub fn now() -> String {
    Timestamp::now().to_string()
}
