//! What the record says in a brief, beside the claims: votes alike, turn or drift, third states, and how far it reaches.

use std::collections::BTreeMap;

use chancery_ledger::{AsOf, Ledger};
use chancery_measure::agreement::{Bootstrap, Convention, Measure};
use chancery_measure::stance::{Absence, Sides, sides};
use chancery_measure::turns::Settings;
use chancery_measure::{Votes, newcombe, wilson};

use super::assembly::{Assembly, AssemblyQuestion, assembly};
use super::turning::turns;
use super::voting::{Voting, VotingQuestion, voting};
use crate::answer::Answer;
use crate::brief::{Brief, FigureOut, Names, Number, Phrase};
use crate::error::Error;
use crate::labels::Labels;

/// Lines of a brief with the figures in them.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// The lines.
    pub lines: Vec<Phrase>,
    /// Their figures.
    pub figures: Vec<FigureOut>,
}

/// Sessions before the last one to compare with: the one before, and one nine sessions back.
const BACK: [i32; 2] = [9, 1];
/// Joint roll calls below which a session has only begun: the one before it stands for now.
const FEWEST: usize = 20;
/// Third states that are told of.
const THIRD: usize = 2;

/// What the votes that the ledger holds say about the pair; nothing where it holds none.
///
/// # Errors
/// What the ledger reports.
pub fn recorded(ledger: &Ledger, answer: &Answer, names: &Names<'_>) -> Result<Recorded, Error> {
    let question = &answer.question;
    let asked = AssemblyQuestion { as_of: AsOf::Seq(answer.seq), known_by: question.known_by, release: None };
    let Some(held) = assembly(ledger, &asked)? else { return Ok(Recorded::default()) };
    let pair = [question.dyad.a().as_str(), question.dyad.b().as_str()];
    let mut out = Recorded::default();
    if pair.iter().any(|code| held.votes.state(code).is_none()) {
        return Ok(out);
    }
    let series = voting(
        &held,
        &VotingQuestion {
            dyad: question.dyad.clone(),
            measure: Measure::Agreement,
            convention: Convention::Plain,
            from: question.from,
            to: question.to,
            seq: answer.seq,
            known_by: question.known_by,
            bootstrap: Bootstrap::default(),
        },
    )?;
    let Some(last) = series.iter().rfind(|row| row.n >= FEWEST).or(series.last()) else { return Ok(out) };
    let chosen = |back: i32| series.iter().find(|row| row.period == last.period - back);
    let shown: Vec<&Voting> = BACK.iter().filter_map(|back| chosen(*back)).chain([last]).collect();
    out.votes(&shown, names);
    if let Some(before) = chosen(1) {
        out.change(before, last, names);
    }
    out.turns(&held, answer, names)?;
    let session = held.votes.window(|call| i32::from(call.session) == last.period);
    for third in third_states(answer, &held).into_iter().take(THIRD) {
        out.third(&session, answer, last, &third, names)?;
    }
    let day = series.last().and_then(|row| row.last).map_or_else(String::new, |day| day.to_string());
    out.tell("reach", &[("day", day), ("table", held.release.document.id.to_string())], names);
    Ok(out)
}

impl Recorded {
    /// Puts what the record says into a brief, which no longer lacks every dataset then.
    pub fn into_brief(self, brief: &mut Brief, labels: &Labels) {
        if self.lines.is_empty() {
            return;
        }
        let none = Phrase::text(labels.get("gap", "no_record"));
        for gap in brief.gaps.iter_mut().filter(|gap| **gap == none) {
            *gap = Phrase::text(labels.get("gap", "votes_alone"));
        }
        brief.record = self.lines;
        brief.figures.extend(self.figures);
    }

    fn votes(&mut self, shown: &[&Voting], names: &Names<'_>) {
        let labels = names.labels;
        let one = |row: &&Voting| {
            let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| format!("{:.0}", s * 100.0));
            let number = Number { value: percent(row.value), figure: row.figure.clone() };
            let gaps = [
                ("share", Phrase::from(number)),
                ("same", Phrase::text(row.same.to_string())),
                ("n", Phrase::text(row.n.to_string())),
                ("low", Phrase::text(percent(row.low))),
                ("high", Phrase::text(percent(row.high))),
                ("session", Phrase::text(row.period.to_string())),
                ("years", Phrase::text(years(row))),
            ];
            Phrase::fill(labels.get("record", "session"), &gaps)
        };
        let list = Phrase::join(shown.iter().map(one), "; ");
        self.lines.push(Phrase::fill(labels.get("record", "votes"), &[("list", list)]));
        self.figures.extend(shown.iter().map(|row| FigureOut {
            id: row.figure.clone(),
            meaning: labels.fill("record", "meaning", &[("session", &row.period.to_string())]),
            value: row.whole.value.clone().unwrap_or_default(),
            inputs: row.whole.inputs.clone(),
        }));
    }

    fn change(&mut self, before: &Voting, last: &Voting, names: &Names<'_>) {
        let share = |row: &Voting| wilson(row.same, row.n as u64);
        let Some((difference, low, high)) = newcombe(share(before), share(last)) else { return };
        let points = |x: f64| format!("{:+.0}", x * 100.0);
        let key = if low > 0.0 || high < 0.0 { "change" } else { "no_change" };
        self.tell(key, &[("points", points(difference)), ("low", points(low)), ("high", points(high))], names);
    }

    fn turns(&mut self, held: &Assembly, answer: &Answer, names: &Names<'_>) -> Result<(), Error> {
        let question = &answer.question;
        let found = turns(held, &question.dyad, question.from, question.to, &Settings::default())?;
        let (Some((likeliest, posterior)), Some(first), Some(last)) =
            (found.explanations().first().copied(), found.series.first(), found.series.last())
        else {
            return Ok(());
        };
        let gaps = [
            ("what", names.labels.get("explanation", likeliest.as_str()).to_owned()),
            ("percent", format!("{:.0}", posterior * 100.0)),
            ("first", first.session.to_string()),
            ("last", last.session.to_string()),
        ];
        self.tell("turns", &gaps, names);
        Ok(())
    }

    /// Where the third state and the one of the pair differ, with whom the other votes: likeness, not motive.
    fn third(
        &mut self,
        session: &Votes,
        answer: &Answer,
        last: &Voting,
        third: &str,
        names: &Names<'_>,
    ) -> Result<(), Error> {
        let (a, b) = (answer.question.dyad.a().as_str(), answer.question.dyad.b().as_str());
        for (r, k) in [(a, b), (b, a)] {
            let Sides { with_a: with_k, with_b: with_c, .. } = sides(session, r, k, third, Absence::Excluded)?;
            if with_k.total == 0 {
                continue;
            }
            let gaps = [
                ("r", names.actor(r)),
                ("k", names.actor(k)),
                ("c", names.actor(third)),
                ("with_k", with_k.hits.to_string()),
                ("with_c", with_c.hits.to_string()),
                ("n", with_k.total.to_string()),
                ("low", format!("{:.0}", with_k.low * 100.0)),
                ("high", format!("{:.0}", with_k.high * 100.0)),
                ("session", last.period.to_string()),
                ("command", format!("chancery mediate {r} {k} --via {third}")),
            ];
            self.tell("third", &gaps, names);
        }
        Ok(())
    }

    /// A line with its gaps filled.
    fn tell(&mut self, key: &str, gaps: &[(&str, String)], names: &Names<'_>) {
        let gaps: Vec<(&str, Phrase)> = gaps.iter().map(|(key, text)| (*key, Phrase::text(text.as_str()))).collect();
        self.lines.push(Phrase::fill(names.labels.get("record", key), &gaps));
    }
}

/// `2022/23`, from the days of the first and the last roll call.
fn years(row: &Voting) -> String {
    match (row.first, row.last) {
        (Some(first), Some(last)) if first.year() != last.year() => {
            format!("{}/{:02}", first.year(), last.year().rem_euclid(100))
        }
        (Some(first), _) => first.year().to_string(),
        _ => "–".to_owned(),
    }
}

/// States that the claims and assessments of the pair name beside it, the most named first, as far as they vote.
fn third_states(answer: &Answer, held: &Assembly) -> Vec<String> {
    let pair = [answer.question.dyad.a().state(), answer.question.dyad.b().state()];
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let assessed = answer.assessments.iter().map(|a| &a.assessment);
    let assessed = assessed.flat_map(|a| a.subject.iter().chain(&a.object).chain(&a.third));
    let claimed = answer.evidence.iter().flat_map(|e| e.row.claim.initiator.iter().chain(&e.row.claim.recipient));
    for party in assessed.chain(claimed) {
        let state = party.actor.state();
        if !pair.contains(&state) && held.votes.state(state).is_some() {
            *named.entry(state).or_default() += 1;
        }
    }
    let mut named: Vec<(&str, usize)> = named.into_iter().collect();
    named.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    named.into_iter().map(|(state, _)| state.to_owned()).collect()
}
