//! Days and intervals for readers, in no more precision than the text has.

use chancery_model::{Date, Extent, Interval};

use crate::labels::Labels;

const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// `13 Sep 2023`, `13. September 2023`.
pub fn day(date: Date, labels: &Labels) -> String {
    let month = usize::from(date.month().unsigned_abs()) - 1;
    if labels.german() {
        format!("{}. {} {}", date.day(), GERMAN[month], date.year())
    } else {
        format!("{} {} {}", date.day(), ENGLISH[month], date.year())
    }
}

/// An interval as it was told: "in 2019" is no day of January.
pub fn interval(interval: &Interval, labels: &Labels) -> String {
    let (Some(from), Some(to)) = (interval.from, interval.to) else {
        let last = interval.to.and_then(|to| to.yesterday().ok());
        return match (interval.from, last) {
            (Some(from), _) => labels.fill("word", "since_date", &[("date", &day(from, labels))]),
            (None, Some(last)) => labels.fill("word", "until_date", &[("date", &day(last, labels))]),
            (None, None) => labels.word("undated").to_owned(),
        };
    };
    let last = to.yesterday().unwrap_or(to);
    let whole_month =
        from.day() == 1 && to.day() == 1 && from.checked_add(jiff::Span::new().months(1)).ok() == Some(to);
    let whole_years = (from.month(), from.day()) == (1, 1) && (to.month(), to.day()) == (1, 1);
    let month = usize::from(from.month().unsigned_abs()) - 1;
    let text = if last <= from {
        return day(from, labels);
    } else if whole_years && to.year() - from.year() == 1 {
        let year = from.year().to_string();
        labels.fill("word", "in", &[("date", &year)])
    } else if whole_years {
        labels.fill("word", "between", &[("from", &from.year().to_string()), ("to", &last.year().to_string())])
    } else if whole_month {
        let name = if labels.german() { GERMAN[month] } else { ENGLISH[month] };
        labels.fill("word", "in", &[("date", &format!("{name} {}", from.year()))])
    } else if (from.year(), from.month()) == (last.year(), last.month()) {
        let dot = if labels.german() { "." } else { "" };
        format!("{}{dot}–{}", from.day(), day(last, labels))
    } else {
        labels.fill("word", "between", &[("from", &day(from, labels)), ("to", &day(last, labels))])
    };
    if interval.extent == Extent::Throughout { labels.fill("word", "throughout", &[("date", &text)]) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Tongue;

    #[test]
    fn no_false_precision() {
        let (en, de) = (Labels::embedded(Tongue::English).unwrap(), Labels::embedded(Tongue::German).unwrap());
        let within = |a: &str, b: &str| Interval::within(a.parse().unwrap(), b.parse().unwrap());
        for (interval_, english, german) in [
            (within("2019-01-01", "2020-01-01"), "in 2019", "2019"),
            (within("2023-09-01", "2023-10-01"), "in Sep 2023", "September 2023"),
            (within("2023-09-13", "2023-09-14"), "13 Sep 2023", "13. September 2023"),
            (within("2023-09-10", "2023-09-13"), "10–12 Sep 2023", "10.–12. September 2023"),
            (within("2014-01-01", "2018-01-01"), "2014 to 2017", "2014 bis 2017"),
            (within("2023-08-29", "2023-09-03"), "29 Aug 2023 to 2 Sep 2023", "29. August 2023 bis 2. September 2023"),
        ] {
            assert_eq!(interval(&interval_, &en), english);
            assert_eq!(interval(&interval_, &de), german);
        }
        let open = Interval { from: None, to: Some("2023-01-01".parse().unwrap()), extent: Extent::Throughout };
        assert_eq!(interval(&open, &en), "until 31 Dec 2022");
    }
}
