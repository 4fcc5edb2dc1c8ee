//! Briefs of small ledgers made by hand.
#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods)] // snapshots are files

mod common;

use std::collections::BTreeMap;

use chancery::brief::{Brief, Line, Number};
use chancery::labels::{Labels, Tongue};
use chancery::model::{AssessmentKind, Attribution, Certainty, EventType, Polarity, Status};
use chancery::render::{self, Ink, Layout};
use chancery::section::Section;
use chancery::why;
use common::{Held, News, article, held, on, said};

fn sections(brief: &Brief) -> BTreeMap<&'static str, Vec<&Line>> {
    brief.sections.iter().map(|s| (s.section.as_str(), s.lines.iter().collect())).collect()
}

#[test]
fn one_article_gives_no_trend_and_nothing_disputed_is_counted() {
    let held = held(vec![article()]);
    let brief = held.brief(Tongue::English);
    assert!(brief.thin);
    assert!(brief.verdicts.iter().all(|v| v.verdict == "cannot_be_judged"));
    let found = sections(&brief);
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["disputed", "planned", "shown-done"]);
    assert_eq!(found["disputed"].len(), 1, "three holders, one matter");
    assert_eq!(found["disputed"][0].voices.len(), 3);
    let trade = found["shown-done"][0];
    assert_eq!((trade.when.as_str(), trade.amount.as_deref()), ("in 2019", Some("48,000,000 USD")));
    assert_eq!(trade.who, "North Korea – Russia");
    let kinds: Vec<&str> = brief.assessments.iter().map(|a| a.kind).collect();
    assert_eq!(kinds, ["need", "offer", "outlook"]);
    let silent: Vec<&str> = brief.silent.iter().map(|a| a.code.as_str()).collect();
    assert_eq!(silent, ["PRK", "RUS"]);
    assert!(brief.gaps.iter().any(|g| g.plain().contains("1 outlet")), "{:?}", brief.gaps);
}

/// Announced for one place, held at another a day later: one matter with a course.
#[test]
fn announced_moved_held_is_one_matter() {
    let held = held(vec![
        News::new("A", "2023-09-11", "Kim will visit Russia on Tuesday, said the Kremlin.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "will visit Russia",
            |c| {
                c.status = Status::Planned;
                c.occurred = on("2023-09-12");
                c.place = Some("Vladivostok".into());
                c.attribution = said("RUS", Certainty::Certain, Polarity::Positive);
            },
        ),
        News::new("B", "2023-09-13", "Kim and Putin met at Vostochny on Wednesday.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "met at Vostochny",
            |c| {
                c.occurred = on("2023-09-13");
                c.place = Some("Vostochny".into());
            },
        ),
        News::new("B", "2019-04-25", "Kim and Putin met in Vladivostok.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "met in Vladivostok",
            |c| c.occurred = on("2019-04-25"),
        ),
    ]);
    let brief = held.brief(Tongue::English);
    let found = sections(&brief);
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["shown-bound"]);
    let lines = &found["shown-bound"];
    assert_eq!(lines.iter().map(|l| l.when.as_str()).collect::<Vec<_>>(), ["25 Apr 2019", "13 Sep 2023"]);
    let course: Vec<&str> = lines[1].course.iter().map(|s| s.word.as_str()).collect();
    assert_eq!(course, ["announced", "moved", "held"]);
}

/// Reprints and one agency's line are one origin; a second text of its own is a second.
#[test]
fn origins_are_counted_not_sentences() {
    let text = |n: usize| format!("Pyongyang sent shells, version {n}.");
    let first = News::new("A", "2023-10-13", &text(1)).agency("CEW");
    let id = first.id();
    let aid = |n: News| n.claim(EventType::Aid, "PRK", "RUS", "sent shells", |c| c.occurred = on("2023-10-12"));
    let held = held(vec![
        aid(aid(first)),
        aid(News::new("B", "2023-10-14", &text(2)).reprints(&id)),
        aid(News::new("C", "2023-10-15", &text(3)).agency("CEW")),
        aid(News::new("D", "2023-10-16", &text(4))),
    ]);
    let brief = held.brief(Tongue::English);
    let line = &brief.sections[0].lines[0];
    assert_eq!(line.origins.as_ref().unwrap().value, "2");
    assert_eq!(line.documents.as_ref().unwrap().value, "4");
    assert_eq!(brief.sections[0].matters.as_ref().unwrap().value, "1");
}

#[test]
fn what_is_only_claimed_is_claimed_and_a_denial_makes_it_disputed() {
    let claimed = || {
        News::new("A", "2022-09-06", "Moscow buys shells in North Korea, Washington said.").claim(
            EventType::Aid,
            "PRK",
            "RUS",
            "buys shells",
            |c| {
                c.attribution = said("USA", Certainty::Certain, Polarity::Positive);
            },
        )
    };
    let brief = held(vec![claimed()]).brief(Tongue::English);
    assert_eq!(sections(&brief).keys().copied().collect::<Vec<_>>(), ["claimed"]);
    let denial = News::new("B", "2022-09-22", "We never sold arms to Russia, said Pyongyang.").claim(
        EventType::Aid,
        "PRK",
        "RUS",
        "never sold arms",
        |c| {
            c.attribution = said("PRK", Certainty::Certain, Polarity::Negative);
        },
    );
    let brief = held(vec![claimed(), denial]).brief(Tongue::English);
    assert_eq!(sections(&brief).keys().copied().collect::<Vec<_>>(), ["disputed"]);
    let line = &brief.sections[0].lines[0];
    let told: Vec<(&str, &str)> = line.voices.iter().map(|v| (v.speaker.as_str(), v.standing)).collect();
    assert_eq!(told, [("United States", "claimed"), ("North Korea", "denied")]);
    assert!(brief.verdicts.iter().all(|v| v.events.is_none()), "disputed is counted nowhere");
}

/// What was known then: later documents change nothing about an earlier question.
#[test]
fn known_by_hides_what_came_later() {
    let held = held(vec![
        article(),
        News::new("B", "2023-10-13", "Pyongyang sent shells.").claim(
            EventType::Aid,
            "PRK",
            "RUS",
            "sent shells",
            |_| (),
        ),
    ]);
    let all = held.answer(|_| ());
    let then = held.answer(|q| q.known_by = Some("2023-09-13".parse().unwrap()));
    assert_eq!((all.documents.len(), then.documents.len()), (2, 1));
}

fn rich() -> Held {
    let mut news = vec![article()];
    for n in 1..=12 {
        let day = format!("2024-{n:02}-10");
        let text = format!("In month {n} trains with food crossed into North Korea. Seoul said that Russia helped.");
        news.push(
            News::new(if n % 2 == 0 { "A/B \"C\"" } else { "D" }, &day, &text)
                .claim(EventType::Aid, "RUS", "PRK", "trains with food crossed", |_| ())
                .claim(EventType::Support, "RUS", "PRK", "Russia helped", |c| {
                    c.attribution = said("KOR", Certainty::Certain, Polarity::Positive);
                })
                .assessed(AssessmentKind::Trend, "RUS PRK", "", "", "Russia helped"),
        );
    }
    news.push(News::new("", "", "Russia and North Korea attack together.").claim(
        EventType::Assault,
        "RUS PRK",
        "UKR",
        "attack together",
        |_| (),
    ));
    held(news)
}

/// Every number in a brief belongs to a figure whose inputs recount to it, and `why` finds the same figure again.
#[test]
fn every_number_recounts_and_recomputes() {
    let held = rich();
    let brief = held.brief(Tongue::German);
    let value = serde_json::to_value(&brief).unwrap();
    let mut numbers = Vec::new();
    collect(&value, &mut numbers);
    assert!(numbers.len() > 40, "{}", numbers.len());
    let figures: BTreeMap<&str, &chancery::brief::FigureOut> =
        brief.figures.iter().map(|f| (f.id.as_str(), f)).collect();
    for number in &numbers {
        let figure = figures.get(number.figure.as_str()).unwrap_or_else(|| panic!("no figure {}", number.figure));
        assert_eq!(figure.value, number.value);
        let sum: u64 = figure.inputs.iter().map(|i| i.contribution.parse::<u64>().unwrap()).sum();
        assert_eq!(sum.to_string(), number.value, "{}", number.figure);
    }
    let ledger = held.reopened();
    for figure in &brief.figures {
        let found = why::figure(&ledger, &figure.id).unwrap();
        assert_eq!(found.agrees, Some(true), "{}", figure.id);
        for input in &figure.inputs {
            assert!(why::resolve(&ledger, &input.id).is_ok(), "{}", input.id);
        }
    }
    let altered = brief.figures[0].id.replace('@', "@zz");
    assert_eq!(why::figure(&ledger, &altered).unwrap().agrees, Some(false));
    assert!(why::figure(&ledger, "f:nonsense").is_err());
}

fn collect(value: &serde_json::Value, out: &mut Vec<Number>) {
    match value {
        serde_json::Value::Object(map) => {
            if let (Some(v), Some(f)) = (map.get("value"), map.get("figure")) {
                let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
                out.push(Number { value: text(v), figure: text(f) });
            }
            map.values().for_each(|v| collect(v, out));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|v| collect(v, out)),
        _ => {}
    }
}

#[test]
fn both_on_one_side_is_listed_and_not_counted() {
    let brief = rich().brief(Tongue::English);
    let found = sections(&brief);
    assert_eq!(found[Section::Alongside.as_str()].len(), 1);
    let military = brief.verdicts.iter().find(|v| v.lane == "military" && v.tier == "done").unwrap();
    assert_eq!(
        military.events.as_ref().map(|n| n.value.as_str()),
        Some("1"),
        "twelve months of one delivery are a matter"
    );
}

#[test]
fn a_claim_opens_to_its_words() {
    let held = held(vec![article()]);
    let ledger = held.reopened();
    let brief = held.brief(Tongue::English);
    let id = &brief.sections[0].lines[0].voices[0].claim;
    let found = why::claim(&ledger, &why::resolve(&ledger, &id[..9]).unwrap()).unwrap();
    assert!(found.words.in_text);
    assert_eq!(found.words.line, Some(1));
    assert_eq!(found.derivation.rule, "subject-object");
    assert_eq!(found.entries.len(), 1);
    assert_eq!(found.standing.as_ref().unwrap().rule, "done");
    let document = why::document(&ledger, &why::resolve(&ledger, &found.document.id).unwrap()).unwrap();
    assert_eq!((document.claims.len(), document.assessments.len()), (5, 3));
    let names = chancery::brief::Names {
        labels: &Labels::embedded(Tongue::English).unwrap(),
        register: chancery::knowledge::register().unwrap(),
    };
    let layout = Layout { width: 90, ink: Ink::default(), most: 8 };
    let text = render::why::provenance(&found, &names, layout);
    for part in ["48 million", "lexicon row", "subject-object", "Example Weekly", "rule done"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// Words of a source reach no screen as control sequences, and no Markdown as markup.
#[test]
fn hostile_words_stay_words() {
    let text = "Kim \u{1b}[2J\u{202e}met <script>alert(1)</script> | Putin*.";
    let held = held(vec![News::new("Ou\u{1b}]0;tlet|*", "2024-01-01", text).claim(
        EventType::Consult,
        "PRK RUS",
        "",
        text,
        |c| c.attribution = Attribution::author(Certainty::Certain, Polarity::Positive),
    )]);
    let labels = Labels::embedded(Tongue::English).unwrap();
    let brief = held.brief(Tongue::English);
    let layout = Layout { width: 80, ink: Ink::default(), most: 8 };
    let screen = render::terminal(&brief, &labels, layout);
    let markdown = render::markdown(&brief, &labels);
    for out in [&screen, &markdown, &render::json(&brief)] {
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out}");
    }
    assert!(markdown.contains("\\<script\\>"), "{markdown}");
}

/// The whole brief of the article, in both languages, as it is printed. `CHANCERY_UPDATE=1` writes them anew.
#[test]
fn snapshots() {
    let held = held(vec![article()]);
    for (tongue, name) in [(Tongue::English, "en"), (Tongue::German, "de")] {
        let labels = Labels::embedded(tongue).unwrap();
        let brief = held.brief(tongue);
        let layout = Layout { width: 100, ink: Ink::default(), most: 8 };
        for (ending, text) in [
            ("txt", render::terminal(&brief, &labels, layout)),
            ("md", render::markdown(&brief, &labels)),
            ("json", render::json(&brief)),
        ] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("tests/snapshots/article.{name}.{ending}"));
            if std::env::var_os("CHANCERY_UPDATE").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &text).unwrap();
            }
            assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{}", path.display());
        }
    }
}

/// "Never" without a time speaks to what was claimed before it, and the summit is what was held, not what was talked of.
#[test]
fn an_open_denial_disputes_what_was_claimed_before() {
    let held = held(vec![
        News::new("A", "2023-10-13", "North Korea delivered containers, said Washington.").claim(
            EventType::Aid,
            "PRK",
            "RUS",
            "delivered containers",
            |c| {
                c.occurred = on("2023-10");
                c.attribution = said("USA", Certainty::Certain, Polarity::Positive);
            },
        ),
        News::new("B", "2024-02-28", "Pyongyang says it never exported arms to Russia.").claim(
            EventType::Aid,
            "PRK",
            "RUS",
            "never exported arms",
            |c| {
                c.attribution = said("PRK", Certainty::Certain, Polarity::Negative);
            },
        ),
        News::new("C", "2023-09-05", "Putin and Kim held talks.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "held talks",
            |c| {
                c.tier = chancery::model::Tier::Said;
                c.occurred = on("2023-09");
            },
        ),
        News::new("D", "2023-09-13", "Kim visited Putin at Vostochny.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "visited Putin",
            |c| c.occurred = on("2023-09-13"),
        ),
    ]);
    let found = held.brief(Tongue::English);
    let found = sections(&found);
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["disputed", "shown-bound"]);
    assert_eq!(found["shown-bound"][0].when, "13 Sep 2023");
}

/// The page is one file without script, every link leads to a place on it, every class of evidence is a class of its own.
#[test]
fn the_page_stands_alone() {
    let labels = Labels::embedded(Tongue::English).unwrap();
    let page = render::html(&rich().brief(Tongue::English), &labels).unwrap();
    for absent in ["<script", "http:", "src=", "@import", "url(h"] {
        assert!(!page.contains(absent), "{absent}");
    }
    for present in ["class=\"matter shown\"", "class=\"matter disputed\"", "<bdi>", "<svg viewBox"] {
        assert!(page.contains(present), "{present}");
    }
    assert!(page.contains("Counted as fact: "), "words keep their spaces beside numbers");
    let mut links = 0;
    for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split_once('"')) {
        links += 1;
        assert!(page.contains(&format!("id=\"{}\"", link.0)), "#{} leads nowhere", link.0);
    }
    assert!(links > 60, "{links}");
}

#[test]
fn a_difference_names_its_evidence() {
    let held = held(vec![
        article(),
        News::new("B", "2023-09-14", "Kim came to Vladivostok.").claim(
            EventType::Consult,
            "PRK RUS",
            "",
            "came to Vladivostok",
            |_| (),
        ),
    ]);
    let labels = Labels::embedded(Tongue::English).unwrap();
    let names = chancery::brief::Names { labels: &labels, register: chancery::knowledge::register().unwrap() };
    let then = held.answer(|q| q.known_by = Some("2023-09-13".parse().unwrap()));
    let now = held.answer(|_| ());
    let found = chancery::diff::diff(("then", &then), ("now", &now), &names);
    assert_eq!(found.documents.len(), 1);
    assert_eq!((found.matters.len(), found.new.len(), found.withdrawn.len()), (1, 0, 0));
    assert_eq!((found.matters[0].before, found.matters[0].after), (Some(Section::Planned), Section::Bound));
    assert_eq!(found.matters[0].by[0].quote, "came to Vladivostok");
    assert!(chancery::diff::diff(("now", &now), ("now", &now), &names).is_empty());
}
