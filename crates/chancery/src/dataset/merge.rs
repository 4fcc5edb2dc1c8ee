//! Two releases of the same record as one, with what they disagree on.

use std::collections::BTreeMap;

use chancery_model::{ActorCode, Date, Observation};
use smol_str::SmolStr;

/// Something that two releases say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The state.
    pub actor: ActorCode,
    /// The day of the roll call.
    pub day: Date,
    /// The roll call in the first and in the second release.
    pub calls: (SmolStr, SmolStr),
    /// The value in the first and in the second release; `None` where it has no row.
    pub values: (Option<SmolStr>, Option<SmolStr>),
}

/// A roll call: the observations of it by state.
type Call<'a> = BTreeMap<&'a ActorCode, &'a Observation>;

/// Adds to `first` the roll calls of `second` that it lacks. Publishers number roll calls differently, so two are the same
/// where they fell on the same day and most of their ballots agree; each is matched once, the best match first. Within a
/// matched roll call a state that only `second` has is added under the number of `first`, and a contradiction is reported
/// and decided for `first`.
pub fn merge(first: &[Observation], second: &[Observation]) -> (Vec<Observation>, Vec<Difference>) {
    let (days_a, days_b) = (by_day(first), by_day(second));
    let (mut out, mut differences) = (first.to_vec(), Vec::new());
    for (day, calls_b) in &days_b {
        let none = BTreeMap::new();
        let calls_a = days_a.get(day).unwrap_or(&none);
        let mut pairs: Vec<(f64, &SmolStr, &SmolStr)> = Vec::new();
        for (key_b, b) in calls_b {
            for (key_a, a) in calls_a {
                pairs.push((likeness(a, b), key_a, key_b));
            }
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
        let mut matched: BTreeMap<&SmolStr, &SmolStr> = BTreeMap::new();
        for (_, key_a, key_b) in pairs.into_iter().filter(|p| p.0 >= SAME) {
            if !matched.contains_key(key_b) && !matched.values().any(|taken| *taken == key_a) {
                matched.insert(key_b, key_a);
            }
        }
        for (key_b, b) in calls_b {
            let Some((key_a, a)) = matched.get(key_b).and_then(|key| calls_a.get_key_value(*key)) else {
                out.extend(b.values().map(|o| (*o).clone()));
                continue;
            };
            for (actor, row) in b {
                let differs = |there: Option<SmolStr>| Difference {
                    actor: (*actor).clone(),
                    day: *day,
                    calls: (key_a.clone(), key_b.clone()),
                    values: (there, row.value.clone()),
                };
                match a.get(actor) {
                    Some(known) if known.value == row.value => {}
                    Some(known) => differences.push(differs(known.value.clone())),
                    None => {
                        differences.push(differs(None));
                        let voter = row.row_key.rsplit(':').next().unwrap_or_default();
                        out.push(Observation { row_key: format!("{key_a}:{voter}").into(), ..(*row).clone() });
                    }
                }
            }
        }
    }
    (out, differences)
}

/// Share of equal ballots from which two roll calls of a day are one. Two votes of one day are often alike (0.9 and more
/// between neighbouring paragraphs), a release rarely differs from another in more than a few states.
const SAME: f64 = 0.8;

fn likeness(a: &Call, b: &Call) -> f64 {
    let both = b.iter().filter_map(|(actor, row)| Some((a.get(actor)?, row)));
    let (n, same) = both.fold((0, 0), |(n, same), (x, y)| (n + 1, same + usize::from(x.value == y.value)));
    if n == 0 { 0.0 } else { same as f64 / f64::from(n) }
}

/// Roll calls by day, and by session and number.
fn by_day(rows: &[Observation]) -> BTreeMap<Date, BTreeMap<SmolStr, Call<'_>>> {
    let mut days: BTreeMap<Date, BTreeMap<SmolStr, Call>> = BTreeMap::new();
    for row in rows {
        if let (Some(day), Some((call, _))) = (row.valid_from, row.row_key.rsplit_once(':')) {
            days.entry(day).or_default().entry(SmolStr::new(call)).or_default().insert(&row.actor_a, row);
        }
    }
    days
}
