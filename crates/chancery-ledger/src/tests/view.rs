//! The present as a view: what was held (`as_of`) and what the world could know (`known_by`), person over machine,
//! coding again.

use chancery_model::{Act, Date};

use super::support::*;
use crate::{AsOf, Batch, Filter, Ledger, LedgerError, NewDocument, Outcome};

fn with_claims(source: &str, text: &str, day: Option<&str>, triggers: &[&str]) -> NewDocument {
    let mut new = document(source, text, day);
    new.claims = triggers.iter().map(|t| claim(&new, "RUS", "PRK", t)).collect();
    new
}

fn triggers(ledger: &Ledger, as_of: AsOf, known_by: Option<Date>) -> Vec<String> {
    let filter = Filter { as_of, known_by, ..Filter::default() };
    ledger.claims(&filter).unwrap().into_iter().map(|r| r.claim.trigger).collect()
}

/// Nine entries: two documents (one dated to the day, one to the year only), three claims, a retraction by the
/// machine, a confirmation by a person, a later retraction by the machine, and a person's retraction.
#[test]
fn nine_entries_at_every_point() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let dated = with_claims("Blatt", "eins kommt und zwei geht", Some("2023-09-12"), &["eins", "zwei"]);
    let vague = with_claims("Archiv", "drei bleibt", Some("2023"), &["drei"]);
    let [one, two] = [&dated.claims[0], &dated.claims[1]].map(|c| c.id().unwrap());
    let three = vague.claims[0].id().unwrap();
    append(&ledger, &batch(machine(), vec![dated, vague])).unwrap(); // 1 d, 2 eins, 3 zwei, 4 d, 5 drei
    let act = |run, act, id, reason| {
        let entries = vec![entry(act, id, reason)];
        append(&ledger, &Batch { run, documents: Vec::new(), entries }).unwrap()
    };
    act(machine(), Act::Retract, &one, "not reproduced"); // 6
    act(person(), Act::Assert, &two, ""); // 7
    act(machine(), Act::Retract, &two, "not reproduced"); // 8
    assert_eq!(act(person(), Act::Retract, &three, "misread").last_seq, 9);

    let day = |d: &str| Some(d.parse::<Date>().unwrap());
    let cases: [(u64, Option<Date>, &[&str]); 14] = [
        (0, None, &[]),
        (1, None, &[]),
        (2, None, &["eins"]),
        (3, None, &["eins", "zwei"]),
        (4, None, &["eins", "zwei"]),
        (5, None, &["drei", "eins", "zwei"]),
        (6, None, &["drei", "zwei"]),
        (7, None, &["drei", "zwei"]),
        (8, None, &["drei", "zwei"]), // a person's confirmation survives the machine
        (9, None, &["zwei"]),
        (5, day("2023-09-13"), &["eins", "zwei"]), // the year-only date does not leak
        (5, day("2023-09-12"), &[]),
        (5, day("2023-12-31"), &["eins", "zwei"]),
        (5, day("2024-01-01"), &["drei", "eins", "zwei"]),
    ];
    for ledger in [&ledger, &Ledger::open(dir.path()).unwrap()] {
        for (seq, known_by, expected) in cases {
            assert_eq!(triggers(ledger, AsOf::Seq(seq), known_by), expected, "as of {seq}, known by {known_by:?}");
        }
        assert_eq!(triggers(ledger, AsOf::Last, None), ["zwei"]);
        assert_eq!(triggers(ledger, AsOf::Day("2020-01-01".parse().unwrap()), None), [""; 0]);
        assert_eq!(triggers(ledger, AsOf::Day("9000-01-01".parse().unwrap()), None), ["zwei"]);
        assert_eq!(ledger.claim(&three).unwrap(), None, "a retracted claim is not in force");
        assert!(ledger.verify().unwrap().is_sound());
    }
}

#[test]
fn an_undated_document_is_known_from_the_day_after_its_capture() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    append(&ledger, &batch(machine(), vec![with_claims("Blatt", "eins kommt", None, &["eins"])])).unwrap();
    assert_eq!(triggers(&ledger, AsOf::Last, None), ["eins"]);
    assert_eq!(triggers(&ledger, AsOf::Last, Some("2020-01-01".parse().unwrap())), [""; 0]);
    assert_eq!(triggers(&ledger, AsOf::Last, Some("9000-01-01".parse().unwrap())), ["eins"]);
}

#[test]
fn coding_again_retracts_what_is_not_reproduced() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let text = "eins kommt und zwei geht, drei bleibt";
    let mut first = with_claims("Blatt", text, Some("2023-09-12"), &["eins", "zwei"]);
    first.abstentions = vec![abstention(&first, "drei")];
    append(&ledger, &batch(machine(), vec![first.clone()])).unwrap();
    let same = append(&ledger, &batch(machine(), vec![first.clone()])).unwrap();
    assert_eq!((same.first_seq, same.last_seq), (5, 4), "coding twice with the same program writes nothing");
    assert_eq!(same.documents[0].1, Outcome::Held);
    let bare = NewDocument { claims: Vec::new(), abstentions: Vec::new(), ..first.clone() };
    assert_eq!(append(&ledger, &batch(machine(), vec![bare])).unwrap().last_seq, 4, "not coded is not retracted");

    let second = with_claims("Blatt", text, Some("2023-09-12"), &["zwei", "drei"]);
    append(&ledger, &batch(machine(), vec![second.clone()])).unwrap();
    assert_eq!(triggers(&ledger, AsOf::Last, None), ["drei", "zwei"].map(str::to_owned).to_vec().sorted_like(&ledger));
    let acts: Vec<_> = ledger.entries(None).unwrap()[4..].iter().map(|e| (e.act, e.reason.clone())).collect();
    let gone = Some("not reproduced".to_owned());
    assert_eq!(acts, [(Act::Assert, None), (Act::Retract, gone.clone()), (Act::Retract, gone)]);
    assert!(ledger.abstentions(&Filter::default()).unwrap().is_empty());

    append(&ledger, &batch(machine(), vec![first])).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 2, "what comes back is asserted again");
    assert_eq!(ledger.abstentions(&Filter::default()).unwrap().len(), 1);
    assert!(ledger.verify().unwrap().is_sound());
}

/// Claims of one span are ordered by identifier: sorts what is expected in the same way.
trait SortedLike {
    fn sorted_like(self, ledger: &Ledger) -> Vec<String>;
}

impl SortedLike for Vec<String> {
    fn sorted_like(mut self, ledger: &Ledger) -> Vec<String> {
        let order = triggers(ledger, AsOf::Last, None);
        self.sort_by_key(|t| order.iter().position(|o| o == t));
        self
    }
}

#[test]
fn a_changed_derivation_is_a_new_row_of_the_same_claim() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let mut new = news(1);
    append(&ledger, &batch(machine(), vec![new.clone()])).unwrap();
    new.claims[0].tier = chancery_model::Tier::Done;
    let receipt = append(&ledger, &batch(machine(), vec![new])).unwrap();
    assert_eq!(receipt.last_seq, receipt.first_seq);
    let claims = ledger.claims(&Filter::default()).unwrap();
    assert_eq!((claims.len(), claims[0].claim.tier), (1, chancery_model::Tier::Done));
    assert!(ledger.verify().unwrap().is_sound());
}

#[test]
fn periods_states_and_limits() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let mut all = Vec::new();
    for (day, recipient) in [("2014-05-01", "PRK"), ("2019-04-25", "CHN"), ("2023-09-12", "PRK")] {
        let mut new = document("Blatt", &format!("am {day} reist"), Some(day));
        new.claims = vec![claim(&new, "RUS", recipient, "reist")];
        all.push(new);
    }
    append(&ledger, &batch(machine(), all)).unwrap();
    let count = |filter: Filter| ledger.claims(&filter).unwrap().len();
    let date = |d: &str| Some(d.parse::<Date>().unwrap());
    let dyad = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(count(Filter { dyad: dyad("RUS", "PRK"), ..Filter::default() }), 2);
    assert_eq!(count(Filter { dyad: dyad("PRK", "CHN"), ..Filter::default() }), 0);
    assert_eq!(count(Filter { state: Some("RUS".into()), ..Filter::default() }), 3);
    assert_eq!(count(Filter { state: Some("CHN".into()), ..Filter::default() }), 1);
    assert_eq!(count(Filter { from: date("2019-04-25"), to: date("2023-09-12"), ..Filter::default() }), 1);
    assert_eq!(count(Filter { dyad: dyad("PRK", "RUS"), from: date("2020-01-01"), ..Filter::default() }), 1);
    assert_eq!(count(Filter { limit: Some(2), ..Filter::default() }), 2);
    let days: Vec<_> = ledger.claims(&Filter::default()).unwrap().iter().map(|r| r.document.published_from).collect();
    assert!(days.is_sorted());
}

#[test]
fn what_cannot_be_is_refused_whole() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let mut misquoted = news(1);
    misquoted.claims[0].quote.start += 1;
    let mut rehashed = news(2);
    rehashed.bytes.push(b'!');
    for bad in [misquoted, rehashed] {
        let error = append(&ledger, &batch(machine(), vec![news(0), bad])).unwrap_err();
        assert!(matches!(error, LedgerError::Invalid { .. }), "{error}");
    }
    let id = news(0).document.id;
    let unreasoned = Batch { run: person(), documents: Vec::new(), entries: vec![entry(Act::Retract, &id, " ")] };
    assert!(matches!(append(&ledger, &unreasoned).unwrap_err(), LedgerError::Invalid { .. }));
    let unknown = Batch { run: person(), documents: Vec::new(), entries: vec![entry(Act::Retract, &id, "wrong")] };
    assert!(matches!(append(&ledger, &unknown).unwrap_err(), LedgerError::Unknown(_)));
    assert_eq!(Ledger::open(dir.path()).unwrap().last_seq(), 0);
}
