//! The timeline as SVG: one row a lane, one mark a matter, each a link to its evidence. A table twin stands beside it.
//!
//! Evidence classes differ by shape and fill, not by colour alone: shown is filled, planned is outlined, claimed and
//! disputed are hatched, denied is crossed.

use std::fmt::Write;

use chancery_model::{Date, Lane};

use super::html::text;
use crate::brief::{Brief, Moment};
use crate::labels::Labels;
use crate::origin::number;
use crate::section::Section;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 104.0;
const RIGHT: f64 = 16.0;
const ROW: f64 = 16.0;

/// Draws the moments of a brief; empty where none is dated.
pub(crate) fn timeline(brief: &Brief, labels: &Labels) -> String {
    let moments: Vec<(i64, i64, &Moment)> = brief.timeline.iter().filter_map(placed).collect();
    let (Some(first), Some(last)) = (moments.iter().map(|m| m.0).min(), moments.iter().map(|m| m.1).max()) else {
        return String::new();
    };
    let pad = ((last - first) / 40).max(15);
    let (first, last) = (first - pad, last + pad);
    let x = |day: i64| LEFT + (day - first) as f64 / (last - first) as f64 * (WIDTH - LEFT - RIGHT);
    let mut body = String::new();
    let mut y = 8.0;
    for lane in Lane::ALL {
        let of_lane: Vec<_> = moments.iter().filter(|(_, _, m)| m.lane == lane.as_str()).collect();
        if of_lane.is_empty() {
            continue;
        }
        let mut rows: Vec<f64> = Vec::new();
        let top = y;
        for (from, to, moment) in of_lane {
            let (left, right) = (x(*from), x(*to).max(x(*from) + 9.0));
            let row = rows.iter().position(|end| *end + 3.0 <= left).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(right);
            } else {
                rows[row] = right;
            }
            mark(&mut body, moment, (left, right), top + row as f64 * ROW, to - from > 300);
        }
        y = top + rows.len() as f64 * ROW + 10.0;
        let middle = top + (rows.len() as f64 * ROW) / 2.0 + 3.0;
        let _ =
            write!(body, "<text class=\"lane\" x=\"0\" y=\"{middle:.1}\">{}</text>", labels.get("lane", lane.as_str()));
        let _ = write!(body, "<line class=\"rule\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>", y - 5.0);
    }
    let axis = axis(first, last, y, x);
    let height = y + 20.0;
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{}\"><defs><pattern id=\"hatch\" width=\"4\" height=\"4\" \
         patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"4\"/>\
         </pattern></defs>{axis}{body}</svg>",
        text(labels.word("timeline")),
    )
}

fn placed(moment: &Moment) -> Option<(i64, i64, &Moment)> {
    let day = |text: &str| text.parse::<Date>().ok().map(number);
    Some((day(&moment.from)?, day(&moment.to)?, moment))
}

/// How a section is drawn.
fn class(section: Section) -> &'static str {
    match section {
        Section::Done | Section::Bound | Section::Said | Section::OwnAccount => "shown",
        Section::Planned | Section::Demanded | Section::Possible | Section::Practice | Section::Alongside => "open",
        Section::Claimed | Section::Disputed => "claimed",
        Section::Denied | Section::NoEvidence | Section::NotDone => "denied",
    }
}

fn mark(body: &mut String, moment: &Moment, (left, right): (f64, f64), top: f64, wide: bool) {
    let class = class(moment.section);
    let title = format!("{} · {} · {}", moment.when, moment.title, moment.state);
    let _ = write!(body, "<a href=\"#m-{}\"><title>{}</title>", moment.matter, text(&title));
    // A year or more says "somewhere in here": a thin line, so that vagueness does not look like size.
    let (lower, height) = if wide { (top + 4.0, 3.0) } else { (top, 11.0) };
    let _ = write!(
        body,
        "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{lower:.1}\" width=\"{:.1}\" height=\"{height}\" rx=\"2\"/>",
        right - left
    );
    if class == "denied" {
        let (bottom, middle) = (top + 11.0, f64::midpoint(left, right));
        let _ =
            write!(body, "<path class=\"cross\" d=\"M{:.1} {top:.1}L{:.1} {bottom:.1}\"/>", middle - 4.0, middle + 4.0);
    }
    body.push_str("</a>");
}

/// Years, or months where there are few.
fn axis(first: i64, last: i64, y: f64, x: impl Fn(i64) -> f64) -> String {
    let mut out = String::new();
    let date = |day: i64| {
        let span = jiff::Span::new().try_days(day).unwrap_or_default();
        Date::constant(1970, 1, 1).checked_add(span).unwrap_or(Date::MAX)
    };
    let (from, to) = (date(first), date(last));
    let months = last - first < 700;
    let every = ((last - first) / 365 / 14).max(1) as i16;
    for year in from.year()..=to.year() {
        for month in 1..=if months { 12 } else { 1 } {
            let Ok(tick) = Date::new(year, month, 1) else { continue };
            let day = number(tick);
            let regular =
                if months { (month - 1) % 2 == 0 || last - first < 300 } else { (year - from.year()) % every == 0 };
            if day < first || day > last || !regular {
                continue;
            }
            let label = if months { format!("{year}-{month:02}") } else { year.to_string() };
            let _ = write!(
                out,
                "<line class=\"tick\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{y:.1}\"/><text class=\"year\" x=\"{0:.1}\" y=\"{1:.1}\">{label}</text>",
                x(day),
                y + 13.0
            );
        }
    }
    out
}
