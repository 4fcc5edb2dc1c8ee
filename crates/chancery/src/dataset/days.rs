//! Dates as publishers write them, and what a year or a session spans.

use chancery_model::Date;

/// A day: `2022-11-04`, `2022-11-04 00:00:00`, or the American `11/4/2022`.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.split([' ', 'T']).next().unwrap_or(text);
    match text.split_once('/') {
        Some((month, rest)) => {
            let (day, year) = rest.split_once('/')?;
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        None => text.parse().ok(),
    }
}

/// A whole number; `1994.0` is one, for tables that a statistics program wrote.
pub(super) fn whole(text: &str) -> Option<i16> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

/// First day and day after the last of a span of years.
pub(super) fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    if !(1000..9999).contains(&first) || last < first {
        return None;
    }
    Some((Date::new(first, 1, 1).ok()?, Date::new(last.checked_add(1)?, 1, 1).ok()?))
}

/// First day and day after the last of a regular session of the General Assembly, which opens in September. The first
/// opened in January 1946.
pub(super) fn session(session: i16) -> Option<(Date, Date)> {
    let opens = |s: i16| Date::new(1945 + s, 9, 1).ok();
    let from = match session {
        1 => Date::new(1946, 1, 1).ok(),
        2..=200 => opens(session),
        _ => None,
    };
    Some((from?, opens(session + 1)?))
}

/// The day after.
pub(super) fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let friday: Date = "2022-11-04".parse().unwrap();
        for text in ["2022-11-04", "11/4/2022", "2022-11-04 00:00:00.000", "2022-11-04T10:00"] {
            assert_eq!(day(text), Some(friday), "{text}");
        }
        assert!(["13/13/2022", "2022", "", "1/2"].iter().all(|t| day(t).is_none()));
        assert_eq!((whole("1994.0"), whole("1994.5"), whole("x")), (Some(1994), None, None));
        assert!(years(2014, 2013).is_none() && years(0, 1).is_none());
        let (from, to) = session(77).unwrap();
        assert_eq!((from.to_string(), to.to_string()), ("2022-09-01".to_owned(), "2023-09-01".to_owned()));
        assert!(session(0).is_none() && session(-3).is_none());
    }
}
