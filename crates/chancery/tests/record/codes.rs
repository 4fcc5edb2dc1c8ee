//! Codes of states on a date: the cases in which a number changed its owner.

use chancery::dataset::{CodeError, Codes, System};

#[test]
fn a_number_means_another_state_at_another_time() {
    let codes = Codes::embedded().unwrap();
    for (system, id, day, actor) in [
        (System::Cow, "365", "1980-05-05", "SUN"),
        (System::Cow, "365", "1995-01-01", "RUS"),
        (System::Cow, "345", "2004-01-01", "SCG"),
        (System::Cow, "345", "1980-01-01", "YUG"),
        (System::Name, "Bolivia (Plurinational State of)", "2020-01-01", "BOL"),
    ] {
        let found = codes.on(system, id, day.parse().unwrap());
        assert_eq!(found.unwrap().as_str(), actor, "{id} on {day}");
    }
    let then = codes.on(System::Cow, "404", "1970-01-01".parse().unwrap());
    assert!(matches!(then, Err(CodeError::NotThen { .. })), "{then:?}");
    assert!(matches!(codes.on(System::Cow, "999", "1970-01-01".parse().unwrap()), Err(CodeError::Unknown { .. })));
}
