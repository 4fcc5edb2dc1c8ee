//! Time expressions → half-open intervals against the publication date, never more precise than the words.

use chancery_model::{Date, Extent, Interval, Status};
use chancery_text::Lang;
use jiff::civil::Weekday;
use jiff::{Span, ToSpan};

use crate::tree::lower;
use crate::view::View;

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    /// First token.
    pub(crate) first: usize,
    /// Last token, included.
    pub(crate) last: usize,
    pub(crate) interval: Interval,
    /// Whether it lies ahead of the publication date.
    pub(crate) ahead: bool,
}

/// The words of a sentence as the recogniser sees them.
pub(crate) struct Words<'a> {
    pub(crate) forms: &'a [smol_str::SmolStr],
    pub(crate) lang: Lang,
    /// First day on which the document may have been published.
    pub(crate) published: Option<Interval>,
}

/// All time expressions, left to right.
pub(crate) fn expressions(words: &Words<'_>) -> Vec<Expression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.forms.len() {
        match expression(words, at) {
            Some((length, interval)) => {
                let today = words.published.and_then(|p| p.from);
                let ahead = matches!((interval.from, today), (Some(from), Some(today)) if from > today);
                out.push(Expression { first: at, last: at + length - 1, interval, ahead });
                at += length;
            }
            None => at += 1,
        }
    }
    out
}

/// Expressions of the sentence in view.
pub(crate) fn in_view(view: &View<'_>, published: Option<Interval>) -> Vec<Expression> {
    let tree = view.tree();
    let forms: Vec<_> = (0..tree.len()).map(|i| lower(&tree.token(i).form)).collect();
    expressions(&Words { forms: &forms, lang: tree.lang, published })
}

/// Whether a word of the clause points ahead ("morgen", "next week").
pub(crate) fn is_ahead(view: &View<'_>, v: usize) -> bool {
    let tree = view.tree();
    (0..tree.len()).any(|i| {
        let near = tree.ancestors(i).take(4).any(|a| a == v);
        near && match (tree.lang, lower(&tree.token(i).form).as_str()) {
            (Lang::De, "morgen" | "übermorgen" | "demnächst" | "künftig" | "bald") => true,
            (
                Lang::De,
                "kommenden" | "kommende" | "kommender" | "kommendes" | "nächsten" | "nächste" | "nächster" | "nächstes",
            ) => i + 1 < tree.len() && is_period(&lower(&tree.token(i + 1).form)),
            (Lang::En, "tomorrow" | "soon") => true,
            (Lang::En, "next") => i + 1 < tree.len() && is_period(&lower(&tree.token(i + 1).form)),
            // "reist am Freitag": the present with a day is a plan.
            (Lang::De, form) => {
                weekday(form).is_some()
                    && tree.preposition(i).is_some_and(|p| p == "an")
                    && tree.finite(v).is_some_and(|f| tree.token(f).feats.tense == Some(chancery_text::Tense::Pres))
                    && tree.auxiliaries(v).next().is_none()
            }
            _ => false,
        }
    })
}

fn is_period(word: &str) -> bool {
    matches!(
        word,
        "woche"
            | "wochen"
            | "monat"
            | "monats"
            | "jahr"
            | "jahres"
            | "tage"
            | "tagen"
            | "week"
            | "month"
            | "year"
            | "days"
    ) || weekday(word).is_some()
        || month(word).is_some()
}

fn expression(words: &Words<'_>, at: usize) -> Option<(usize, Interval)> {
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    let since = matches!(word(0), "seit" | "since");
    if since && let Some((length, interval)) = point(words, at + 1) {
        let open = Interval { from: interval.from, to: words.published.and_then(|p| p.to), extent: Extent::Throughout };
        return Some((length + 1, open));
    }
    if matches!(word(0), "bis" | "until")
        && let Some((length, interval)) = point(words, at + 1)
    {
        return Some((length + 1, Interval { from: None, to: interval.to, extent: Extent::Throughout }));
    }
    // "zwischen 2014 und 2016", "from 2014 to 2016", "2014 bis 2016"
    if matches!(word(0), "zwischen" | "between" | "von" | "from")
        && let Some((n, a)) = point(words, at + 1)
        && matches!(word(n + 1), "und" | "and" | "bis" | "to")
        && let Some((m, b)) = point(words, at + n + 2)
        && a.from <= b.from
    {
        return Some((n + m + 2, Interval { from: a.from, to: b.to, extent: Extent::Within }));
    }
    point(words, at)
}

/// A single point or period.
fn point(words: &Words<'_>, at: usize) -> Option<(usize, Interval)> {
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    let article = usize::from(matches!(word(0), "dem" | "den" | "der" | "the" | "am" | "im" | "in" | "on" | "an"));
    let skip = if article > 0 { article + usize::from(matches!(word(1), "dem" | "den" | "der" | "the")) } else { 0 };
    absolute(words, at).or_else(|| relative(words, at)).or_else(|| {
        (skip > 0)
            .then(|| absolute(words, at + skip).or_else(|| relative(words, at + skip)))
            .flatten()
            .map(|(n, i)| (n + skip, i))
    })
}

fn absolute(words: &Words<'_>, at: usize) -> Option<(usize, Interval)> {
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    // Part of a year or month: "Anfang 2022", "late August", "mid-2023".
    if let Some(part) = part(word(0)) {
        let of = usize::from(matches!(word(1), "des" | "of" | "-" | "in"));
        let jahr = usize::from(word(1 + of) == "jahres");
        let (n, whole) = calendar(words, at + 1 + of + jahr)?;
        return Some((n + 1 + of + jahr, third(whole, part)));
    }
    if let Some(rest) = word(0).strip_prefix("mid-") {
        let year = year_of(rest)?;
        return Some((1, third(year_interval(year)?, 1)));
    }
    calendar(words, at)
}

/// A calendar expression: a day, a month, a year, a decade.
fn calendar(words: &Words<'_>, at: usize) -> Option<(usize, Interval)> {
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    // ISO and numeric German dates: 2023-09-12, 12.09.2023
    if let Some(day) = numeric_date(word(0)) {
        return Some((1, Interval::day(day)));
    }
    // "13. September 2023", "13 September", "the 13th of September"
    if let Some(day) = day_number(word(0)) {
        let point = usize::from(word(1) == ".");
        let of = usize::from(word(1 + point) == "of");
        if let Some(month) = month(word(1 + point + of)) {
            let next = 2 + point + of;
            let (used, year) = following_year(words, at + next, month);
            let date = Date::new(year?, month, day).ok()?;
            return Some((next + used, Interval::day(date)));
        }
    }
    if let Some(month) = month(word(0)) {
        // "September 13, 2023"
        if words.lang == Lang::En
            && let Some(day) = day_number(word(1))
            && year_of(word(1)).is_none()
        {
            let comma = usize::from(word(2) == ",");
            let explicit = year_of(word(2 + comma));
            let used = if explicit.is_some() { 3 + comma } else { 2 };
            let year = explicit.or_else(|| nearest_year(words, month))?;
            return Some((used, Interval::day(Date::new(year, month, day).ok()?)));
        }
        // "May" and "March" alone are no months without a year or preposition.
        let (used, year) = following_year(words, at + 1, month);
        if used == 0 && words.lang == Lang::En && matches!(word(0), "may" | "march") {
            let preposition = at > 0
                && matches!(words.forms[at - 1].as_str(), "in" | "since" | "until" | "early" | "late" | "last" | "of");
            if !preposition {
                return None;
            }
        }
        let from = Date::new(year?, month, 1).ok()?;
        return Some((1 + used, Interval::within(from, from.checked_add(1.month()).ok()?)));
    }
    if matches!(
        word(0),
        "jahr"
            | "jahre"
            | "year"
            | "sommer"
            | "winter"
            | "herbst"
            | "frühjahr"
            | "frühling"
            | "summer"
            | "autumn"
            | "spring"
    ) && let Some(year) = year_of(word(1))
    {
        return Some((2, year_interval(year)?));
    }
    if let Some(year) = year_of(word(0)) {
        // A number before a noun is an amount, not a year; the caller's tokens decide: "2000 Soldaten".
        if at > 0
            && matches!(
                words.forms[at - 1].as_str(),
                "$" | "€" | "über" | "rund" | "about" | "some" | "etwa" | "than" | "als" | "dollar" | "euro"
            )
        {
            return None;
        }
        return Some((1, year_interval(year)?));
    }
    decade(word(0)).map(|interval| (if matches!(word(1), "jahre" | "jahren") { 2 } else { 1 }, interval))
}

fn relative(words: &Words<'_>, at: usize) -> Option<(usize, Interval)> {
    let published = words.published?;
    let today = published.from?;
    // A vague publication date leaves relative days uncoded.
    let single = published.to == today.tomorrow().ok();
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    let day = |offset: i64| -> Option<Interval> {
        single.then(|| today.checked_add(Span::new().days(offset)).ok()).flatten().map(Interval::day)
    };
    match word(0) {
        "heute" | "today" | "tonight" => return day(0).map(|i| (1, i)),
        "gestern" | "yesterday" => return day(-1).map(|i| (1, i)),
        "vorgestern" => return day(-2).map(|i| (1, i)),
        "tomorrow" => return day(1).map(|i| (1, i)),
        "übermorgen" => return day(2).map(|i| (1, i)),
        _ => {}
    }
    // "vor drei Tagen", "three days ago"
    if word(0) == "vor"
        && let (Some(n), Some(unit)) = (number(word(1)), unit(word(2)))
    {
        return ago(today, n, unit).map(|i| (3, i));
    }
    if word(2) == "ago"
        && let (Some(n), Some(unit)) = (number(word(0)), unit(word(1)))
    {
        return ago(today, n, unit).map(|i| (3, i));
    }
    // "vergangene Woche", "last year", "next month", "dieses Jahr", "am kommenden Dienstag"
    if let Some(direction) = direction(word(0)) {
        if let Some(unit) = unit(word(1)) {
            return period(today, unit, direction).map(|i| (2, i));
        }
        if let Some(weekday) = weekday(word(1)) {
            return single.then(|| on_weekday(today, weekday, direction)).flatten().map(|i| (2, i));
        }
        if let Some(month) = month(word(1)) {
            let mut year = today.year();
            if direction < 0 && month >= today.month() {
                year -= 1;
            } else if direction > 0 && month <= today.month() {
                year += 1;
            }
            let from = Date::new(year, month, 1).ok()?;
            return Some((2, Interval::within(from, from.checked_add(1.month()).ok()?)));
        }
    }
    if let Some(weekday) = weekday(word(0)) {
        return single.then(|| on_weekday(today, weekday, -1)).flatten().map(|i| (1, i));
    }
    None
}

/// The last such day up to today (−1), or the next one after it (+1).
fn on_weekday(today: Date, weekday: Weekday, direction: i8) -> Option<Interval> {
    let back = i64::from(weekday.until(today.weekday()));
    let offset = if direction > 0 { 7 - back } else { -back };
    let offset = if direction > 0 && offset == 0 { 7 } else { offset };
    today.checked_add(Span::new().days(offset)).ok().map(Interval::day)
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "tag" | "tage" | "tagen" | "day" | "days" => Unit::Day,
        "woche" | "wochen" | "week" | "weeks" => Unit::Week,
        "monat" | "monate" | "monaten" | "monats" | "month" | "months" => Unit::Month,
        "jahr" | "jahre" | "jahren" | "jahres" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// So many units before a day: as vague as the unit.
fn ago(today: Date, n: i64, unit: Unit) -> Option<Interval> {
    match unit {
        Unit::Day => today.checked_add(Span::new().days(-n)).ok().map(Interval::day),
        Unit::Week => {
            let day = today.checked_add(Span::new().days(-7 * n)).ok()?;
            Some(Interval::within(
                day.checked_add(Span::new().days(-3)).ok()?,
                day.checked_add(Span::new().days(4)).ok()?,
            ))
        }
        Unit::Month => {
            let first = today.first_of_month().checked_add(Span::new().months(-n)).ok()?;
            Some(Interval::within(first, first.checked_add(1.month()).ok()?))
        }
        Unit::Year => year_interval(i16::try_from(i64::from(today.year()) - n).ok()?),
    }
}

fn period(today: Date, unit: Unit, direction: i8) -> Option<Interval> {
    let n = i64::from(direction);
    match unit {
        Unit::Day => None,
        Unit::Week => {
            let monday =
                today.checked_add(Span::new().days(-i64::from(today.weekday().to_monday_zero_offset()))).ok()?;
            let from = monday.checked_add(Span::new().days(7 * n)).ok()?;
            Some(Interval::within(from, from.checked_add(Span::new().days(7)).ok()?))
        }
        Unit::Month => {
            let from = today.first_of_month().checked_add(Span::new().months(n)).ok()?;
            Some(Interval::within(from, from.checked_add(1.month()).ok()?))
        }
        Unit::Year => year_interval(i16::try_from(i64::from(today.year()) + n).ok()?),
    }
}

fn direction(word: &str) -> Option<i8> {
    Some(match word {
        "vergangene" | "vergangenen" | "vergangenes" | "vergangener" | "letzte" | "letzten" | "letztes" | "letzter"
        | "vorige" | "vorigen" | "voriges" | "voriger" | "last" | "past" | "previous" => -1,
        "diese" | "dieses" | "diesem" | "diesen" | "dieser" | "laufenden" | "this" => 0,
        "nächste" | "nächsten" | "nächstes" | "nächster" | "kommende" | "kommenden" | "kommendes" | "kommender"
        | "next" | "coming" => 1,
        _ => return None,
    })
}

fn part(word: &str) -> Option<u8> {
    Some(match word {
        "anfang" | "early" | "beginning" => 0,
        "mitte" | "mid" => 1,
        "ende" | "late" | "end" => 2,
        _ => return None,
    })
}

/// Beginning, middle or end of an interval: thirds, rounded outwards.
fn third(whole: Interval, part: u8) -> Interval {
    let (Some(from), Some(to)) = (whole.from, whole.to) else { return whole };
    let days = i64::from(from.until(to).map_or(0, |s| s.get_days()));
    let at = |n: i64, up: bool| {
        let offset = if up { (days * n + 2) / 3 } else { days * n / 3 };
        from.checked_add(Span::new().days(offset)).unwrap_or(from)
    };
    Interval::within(at(i64::from(part), false), at(i64::from(part) + 1, true))
}

fn year_interval(year: i16) -> Option<Interval> {
    let from = Date::new(year, 1, 1).ok()?;
    Some(Interval::within(from, Date::new(year.checked_add(1)?, 1, 1).ok()?))
}

fn year_of(word: &str) -> Option<i16> {
    let year: i16 = if word.len() == 4 { word.parse().ok()? } else { return None };
    (1800..=2100).contains(&year).then_some(year)
}

/// "1990er", "1990s", "90er".
fn decade(word: &str) -> Option<Interval> {
    let digits = word.strip_suffix("er").or_else(|| word.strip_suffix("ern")).or_else(|| word.strip_suffix('s'))?;
    let start: i16 = match digits.len() {
        4 => digits.parse().ok()?,
        2 => 1900 + digits.parse::<i16>().ok()?,
        _ => return None,
    };
    if start % 10 != 0 || !(1800..2100).contains(&start) {
        return None;
    }
    Some(Interval::within(Date::new(start, 1, 1).ok()?, Date::new(start + 10, 1, 1).ok()?))
}

fn numeric_date(word: &str) -> Option<Date> {
    if let Ok(date) = word.parse::<Date>() {
        return (word.len() == 10).then_some(date);
    }
    let mut parts = word.split('.');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() || !(1800..=2100).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches('.');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| digits.strip_suffix(s)).unwrap_or(digits);
    let day: i8 = if digits.len() <= 2 { digits.parse().ok()? } else { return None };
    (1..=31).contains(&day).then_some(day)
}

/// An explicit year behind a month, else the year that brings the month nearest to the publication date.
fn following_year(words: &Words<'_>, at: usize, month: i8) -> (usize, Option<i16>) {
    let word = |n: usize| words.forms.get(at + n).map_or("", |w| w.as_str());
    if let Some(year) = year_of(word(0)) {
        return (1, Some(year));
    }
    if matches!(word(0), "," | "des")
        && let Some(year) = year_of(word(1)).filter(|_| word(0) == ",")
    {
        return (2, Some(year));
    }
    (0, nearest_year(words, month))
}

fn nearest_year(words: &Words<'_>, month: i8) -> Option<i16> {
    let today = words.published?.from?;
    let distance = i32::from(month) - i32::from(today.month());
    Some(match distance {
        d if d > 6 => today.year() - 1,
        d if d < -6 => today.year() + 1,
        _ => today.year(),
    })
}

pub(crate) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "januar" | "jänner" | "january" | "jan." => 1,
        "februar" | "feber" | "february" | "feb." => 2,
        "märz" | "march" => 3,
        "april" | "apr." => 4,
        "mai" | "may" => 5,
        "juni" | "june" => 6,
        "juli" | "july" => 7,
        "august" | "aug." => 8,
        "september" | "sept." | "sep." => 9,
        "oktober" | "october" | "oct." | "okt." => 10,
        "november" | "nov." => 11,
        "dezember" | "december" | "dec." | "dez." => 12,
        _ => return None,
    })
}

pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    let word = word
        .strip_suffix("abend")
        .or_else(|| word.strip_suffix("morgen"))
        .or_else(|| word.strip_suffix("nachmittag"))
        .unwrap_or(word);
    Some(match word {
        "montag" | "monday" => Weekday::Monday,
        "dienstag" | "tuesday" => Weekday::Tuesday,
        "mittwoch" | "wednesday" => Weekday::Wednesday,
        "donnerstag" | "thursday" => Weekday::Thursday,
        "freitag" | "friday" => Weekday::Friday,
        "samstag" | "sonnabend" | "saturday" => Weekday::Saturday,
        "sonntag" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn number(word: &str) -> Option<i64> {
    if let Ok(n) = word.parse::<i64>() {
        return (0..10_000).contains(&n).then_some(n);
    }
    Some(match word {
        "einem" | "einer" | "ein" | "eine" | "a" | "an" | "one" => 1,
        "zwei" | "two" => 2,
        "drei" | "three" => 3,
        "vier" | "four" => 4,
        "fünf" | "five" => 5,
        "sechs" | "six" => 6,
        "sieben" | "seven" => 7,
        "acht" | "eight" => 8,
        "neun" | "nine" => 9,
        "zehn" | "ten" => 10,
        "elf" | "eleven" => 11,
        "zwölf" | "twelve" => 12,
        "zwanzig" | "twenty" => 20,
        _ => return None,
    })
}

/// The expression that dates an event at token `at`: below it, else in its clause; a plan takes the next such weekday.
pub(crate) fn of_event(
    view: &View<'_>,
    expressions: &[Expression],
    at: usize,
    status: Status,
    published: Option<Interval>,
) -> Option<Interval> {
    let tree = view.tree();
    let clause = tree.clause(at);
    let attached = |e: &&Expression| (e.first..=e.last).any(|t| tree.below(t, at));
    let same_clause = |e: &&Expression| (e.first..=e.last).any(|t| tree.clause(t) == clause);
    let above = |e: &&Expression| {
        tree.head(clause).is_some_and(|h| {
            let outer = tree.clause(h);
            !matches!(tree.token(clause).rel, chancery_text::Rel::Ccomp | chancery_text::Rel::Parataxis)
                && (e.first..=e.last).any(|t| tree.clause(t) == outer)
        })
    };
    let found = expressions
        .iter()
        .find(attached)
        .or_else(|| expressions.iter().filter(same_clause).min_by_key(|e| e.first.abs_diff(at)))
        .or_else(|| expressions.iter().find(above))?;
    let forward = |e: &Expression| -> Option<Interval> {
        let today = published?.from?;
        let word = (e.first..=e.last).find_map(|i| weekday(&lower(&tree.token(i).form)))?;
        on_weekday(today, word, 1)
    };
    if status == Status::Planned && !found.ahead {
        return forward(found).or(Some(found.interval));
    }
    Some(found.interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, text: &str, expected: &str) {
        let forms: Vec<smol_str::SmolStr> = text.to_lowercase().split_whitespace().map(Into::into).collect();
        let published = Some(Interval::day("2023-09-12".parse().unwrap()));
        let found = expressions(&Words { forms: &forms, lang, published });
        let shown: Vec<String> = found
            .iter()
            .map(|e| {
                let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
                format!("{}..{}", day(e.interval.from), day(e.interval.to))
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn german() {
        check(Lang::De, "Ende August", "2023-08-21..2023-09-01");
        check(Lang::De, "im Jahr 2019 betrug", "2019-01-01..2020-01-01");
        check(Lang::De, "Anfang 2022", "2022-01-01..2022-05-03");
        check(Lang::De, "vor drei Tagen", "2023-09-09..2023-09-10");
        check(Lang::De, "am Dienstag", "2023-09-12..2023-09-13");
        check(Lang::De, "am Montag", "2023-09-11..2023-09-12");
        check(Lang::De, "am 3. Mai 2021", "2021-05-03..2021-05-04");
        check(Lang::De, "seit 2014", "2014-01-01..2023-09-13");
        check(Lang::De, "in den 1990er Jahren", "1990-01-01..2000-01-01");
        check(Lang::De, "zwischen 2014 und 2016", "2014-01-01..2017-01-01");
        check(Lang::De, "rund 2000 Soldaten", "");
        check(Lang::De, "vergangene Woche", "2023-09-04..2023-09-11");
        check(Lang::De, "im Dezember", "2023-12-01..2024-01-01");
    }

    #[test]
    fn english() {
        check(Lang::En, "on September 13 , 2023", "2023-09-13..2023-09-14");
        check(Lang::En, "in late August", "2023-08-21..2023-09-01");
        check(Lang::En, "three days ago", "2023-09-09..2023-09-10");
        check(Lang::En, "last year", "2022-01-01..2023-01-01");
        check(Lang::En, "they may attack", "");
        check(Lang::En, "in May 2022", "2022-05-01..2022-06-01");
        check(Lang::En, "until 2030", "..2031-01-01");
        check(Lang::En, "next month", "2023-10-01..2023-11-01");
        check(Lang::En, "in the 1990s", "1990-01-01..2000-01-01");
    }
}
