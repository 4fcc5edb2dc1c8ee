//! What goes in comes out.

use super::support::*;
use crate::{Filter, Ledger, Outcome};

#[test]
fn what_goes_in_comes_out() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    assert_eq!(ledger.last_seq(), 0);
    let new: Vec<_> = (0..3).map(news).collect();
    let receipt = append(&ledger, &batch(machine(), new.clone())).unwrap();
    assert_eq!((receipt.first_seq, receipt.last_seq), (1, 12));
    assert!(receipt.documents.iter().all(|(_, o)| *o == Outcome::Added));
    assert_eq!(ledger.last_seq(), 12);
    let reopened = Ledger::open(dir.path()).unwrap();
    for ledger in [&ledger, &reopened] {
        assert_eq!(ledger.last_seq(), 12);
        let filter = Filter { dyad: Some(("PRK".into(), "RUS".into())), ..Filter::default() };
        let claims = ledger.claims(&filter).unwrap();
        assert_eq!(claims.len(), 3);
        for row in &claims {
            let new = new.iter().find(|n| n.document.id == row.document.id).unwrap();
            assert_eq!(row.claim, new.claims[0]);
            assert_eq!(row.id, new.claims[0].id().unwrap());
            assert_eq!(ledger.claim(&row.id).unwrap().as_ref(), Some(row));
        }
        assert_eq!(ledger.assessments(&filter).unwrap()[0].assessment.good.as_deref(), Some("labour"));
        let abstentions = ledger.abstentions(&filter).unwrap();
        assert_eq!(abstentions.len(), 3);
        assert_eq!(abstentions[0].abstention.quote.exact, "Außenminister");
        assert_eq!(abstentions[0].abstention.detail, "würdigt");
        let document = ledger.document(&new[1].document.id).unwrap().unwrap();
        assert_eq!(document, new[1].document);
        assert_eq!(ledger.blob(&document.bytes_sha256).unwrap().unwrap(), new[1].bytes);
        assert_eq!(ledger.fingerprints().unwrap()[2].minhash, [u64::MAX, 7]);
        assert_eq!(ledger.runs().unwrap(), [machine()]);
        assert_eq!(ledger.entries(None).unwrap().len(), 12);
        let id = &claims[0].id;
        assert_eq!(ledger.find(&id.as_str()[..9]).unwrap(), std::slice::from_ref(id));
        assert_eq!(ledger.entries(Some(id.as_str())).unwrap().len(), 1);
    }
}

#[test]
fn folders_may_be_called_as_people_call_them() {
    for name in ["Pressespiegel März 2024", "100% sicher", "a#1", "ордер"] {
        let dir = scratch();
        let dir = dir.path().join(name);
        let ledger = Ledger::create(&dir).unwrap();
        append(&ledger, &batch(machine(), vec![news(0)])).unwrap();
        ledger.writer(WAIT).unwrap().compact().unwrap();
        let ledger = Ledger::open(&dir).unwrap();
        assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1, "{name}");
        assert!(ledger.verify().unwrap().is_sound(), "{name}");
    }
}
