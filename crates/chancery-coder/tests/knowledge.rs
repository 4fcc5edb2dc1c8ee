//! The knowledge that ships: it loads, and it names the states of the world in both languages.

use chancery_coder::Knowledge;

#[test]
fn the_shipped_knowledge_loads() {
    let knowledge = Knowledge::load(chancery_data::FILES).unwrap();
    assert_eq!(knowledge.sha256().len(), 64);
    for (typed, code) in [
        ("PRK", "PRK"),
        ("Nordkorea", "PRK"),
        ("north korea", "PRK"),
        ("731", "PRK"),
        ("USA", "USA"),
        ("Südkorea", "KOR"),
        ("European Union", "EUU"),
        ("Kosovo", "XKX"),
        ("Sowjetunion", "SUN"),
    ] {
        assert_eq!(knowledge.states().resolve(typed).unwrap().as_str(), code, "{typed}");
    }
    let error = knowledge.states().resolve("Nordkroea").unwrap_err();
    assert!(error.suggestions.iter().any(|s| s.contains("PRK")), "{error:?}");
}
