//! What the founding article must give, one test a line. The article is no part of this repository: the tests run where
//! `CHANCERY_SHARED` names the folder that holds it, and are skipped with a word elsewhere. What the coder does not reach
//! yet is marked `open`: `cargo test -p chancery-coder --test article -- --ignored` tries it.

mod common;

use std::fmt::Write as _;

use std::sync::OnceLock;

use chancery_coder::flat::{self, FlatAssessment, FlatClaim};
use common::claim::Line;

/// The article and what was coded in it.
struct Read {
    text: String,
    claims: Vec<FlatClaim>,
    assessments: Vec<FlatAssessment>,
    /// Where the parties of each claim stand, in code points.
    parties: Vec<Vec<(u32, u32)>>,
}

/// The article, read once; nothing where it is not at hand.
fn read() -> Option<&'static Read> {
    static READ: OnceLock<Option<Read>> = OnceLock::new();
    READ.get_or_init(|| {
        let text = common::shared::article("article")?;
        let coding = common::engine().code(chancery_text::Lang::De, &text, Some(common::shared::PUBLISHED));
        let parties = coding
            .claims
            .iter()
            .map(|c| c.initiator.iter().chain(&c.recipient).filter_map(|p| p.start.zip(p.end)).collect());
        Some(Read {
            claims: coding.claims.iter().map(flat::claim).collect(),
            assessments: coding.assessments.iter().map(flat::assessment).collect(),
            parties: parties.collect(),
            text,
        })
    })
    .as_ref()
}

impl Read {
    /// The claims whose sentence holds these words.
    fn claims_at<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a FlatClaim> {
        assert!(self.text.contains(words), "the article has no `{words}`");
        self.claims.iter().filter(move |c| c.quote.contains(words))
    }

    /// The assessments whose sentence holds these words.
    fn assessments_at<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a FlatAssessment> {
        assert!(self.text.contains(words), "the article has no `{words}`");
        self.assessments.iter().filter(move |a| a.quote.contains(words))
    }

    /// What was coded in sentences with these words, for a failure.
    fn shown(&self, words: &str) -> String {
        let mut out = format!("\nwhat was coded where the article says `{words}`:\n");
        for claim in self.claims.iter().filter(|c| c.quote.contains(words)) {
            let _ = writeln!(out, "  {}", Line::of(claim));
        }
        for a in self.assessments.iter().filter(|a| a.quote.contains(words)) {
            let _ = writeln!(out, "  {}", assessed(a));
        }
        out
    }

    /// A claim of the sentence with these words: type and parties, status, polarity, holder, certainty.
    fn must<'a>(&'a self, words: &'a str, wanted: &str) -> &'a FlatClaim {
        let wanted = Line::parse(&format!("{wanted} | -")).expect("a claim");
        let found =
            self.claims_at(words).find(|c| Line { trigger: "-".to_owned(), amount: None, ..Line::of(c) } == wanted);
        found.unwrap_or_else(|| panic!("\nwanted  {wanted}{}", self.shown(words)))
    }

    /// An assessment of the sentence with these words.
    fn assess<'a>(&'a self, words: &'a str, what: &str, fits: impl Fn(&FlatAssessment) -> bool) -> &'a FlatAssessment {
        let found = self.assessments_at(words).find(|a| fits(a));
        found.unwrap_or_else(|| panic!("\nwanted  {what}{}", self.shown(words)))
    }
}

/// An assessment as a line.
fn assessed(a: &FlatAssessment) -> String {
    format!(
        "{} {} > {} (third {}) good={} direction={} | {} {} {} | {}",
        a.kind,
        a.subject.join(" + "),
        a.object.join(" + "),
        a.third.join(" + "),
        a.good.as_deref().unwrap_or("-"),
        a.direction.as_deref().unwrap_or("-"),
        a.polarity,
        a.holder,
        a.certainty,
        a.trigger
    )
}

/// All states that an assessment names.
fn named(a: &FlatAssessment) -> Vec<&str> {
    a.subject.iter().chain(&a.object).chain(&a.third).map(String::as_str).collect()
}

fn names_all(a: &FlatAssessment, codes: &[&str]) -> bool {
    codes.iter().all(|code| named(a).contains(code))
}

fn is_good(a: &FlatAssessment, goods: &[&str]) -> bool {
    a.good.as_deref().is_some_and(|good| goods.contains(&good))
}

/// Whether a claim is told as done, in the author's voice.
fn is_fact(claim: &FlatClaim) -> bool {
    claim.holder == "author"
        && claim.polarity == "positive"
        && matches!(claim.status.as_str(), "occurred" | "ongoing" | "generic")
        && claim.certainty != "uncommitted"
}

/// The code point at which words begin.
fn point(text: &str, words: &str) -> u32 {
    let byte = text.find(words).unwrap_or_else(|| panic!("the article has no `{words}`"));
    u32::try_from(text[..byte].chars().count()).expect("a short text")
}

macro_rules! article {
    ($($(#[$attribute:meta])* $name:ident($read:ident) $body:block)*) => {
        $($(#[$attribute])* #[test] fn $name() { if let Some($read) = read() $body })*
    };
}

article! {
    /// The invasion is the author's fact, early in 2022 and no more exactly than that.
    the_invasion(read) {
        let claim = read.must("russischen Einmarsch", "ASSAULT RUS > UKR | occurred positive author certain");
        let (from, to) = (claim.occurred_from.as_deref(), claim.occurred_to.as_deref());
        assert_eq!(from, Some("2022-01-01"), "{claim:?}");
        assert!(to.is_some_and(|day| ("2022-02-25".."2022-07-01").contains(&day)), "{claim:?}");
    }

    north_korea_supported_the_campaign(read) {
        read.must("Moskaus Feldzug", "SUPPORT PRK > RUS | occurred positive author certain");
    }

    north_korea_promised_help(read) {
        read.must("ihre Hilfe zusicherten", "AGREE PRK > RUS | occurred positive author certain");
    }

    ammunition_as_often_alleged(read) {
        read.must("oft behauptete", "AID PRK > RUS | occurred positive other uncommitted");
    }

    /// An expert report that nobody names: not the United Nations, not the expert of the sentences before.
    ammunition_without_evidence(read) {
        let claim = read.must("keine stichhaltigen Beweise", "AID PRK > RUS | occurred unknown other uncommitted");
        let holder = claim.attribution.last().expect("a holder");
        assert_eq!((holder.kind.as_str(), holder.holder.as_str()), ("unnamed", "other"), "{:?}", claim.attribution);
    }

    ammunition_not_real_so_far(read) {
        read.must("Realität waren sie", "AID PRK > RUS | occurred negative author certain");
    }

    /// Ammunition stands three times in the article, once for each holder.
    ammunition_once_for_each_holder(read) {
        let coded = common::multiset(
            read.claims
                .iter()
                .filter(|c| c.event_type == "AID" && c.initiator == ["PRK"] && c.recipient == ["RUS"])
                .map(|c| (c.holder.as_str(), c.polarity.as_str())),
        );
        let wanted = common::multiset([("other", "positive"), ("other", "unknown"), ("author", "negative")]);
        assert_eq!(coded, wanted, "{}", read.shown("Muniti"));
    }

    iran_did_deliver(read) {
        read.must("im Gegensatz zum Iran", "AID IRN > RUS | occurred positive author certain");
    }

    talks_passed_on_from_cnn(read) {
        let claim = read.claims_at("CNN berichtete").find(|c| c.event_type == "CONSULT");
        let claim = claim.unwrap_or_else(|| panic!("no talks{}", read.shown("CNN berichtete")));
        assert_eq!(claim.initiator, ["PRK", "RUS"], "{}", Line::of(claim));
        assert_eq!((claim.holder.as_str(), claim.polarity.as_str()), ("other", "positive"), "{}", Line::of(claim));
        assert!(matches!(claim.status.as_str(), "ongoing" | "occurred"), "{}", Line::of(claim));
        assert_eq!(claim.attribution.last().map(|l| l.mention.as_str()), Some("CNN"));
    }

    /// Deliveries between the two are alleged, denied or talked about, never the author's fact.
    nothing_delivered_is_a_fact(read) {
        for claim in read.claims.iter().filter(|c| is_fact(c) && c.event_type == "AID") {
            let parties = [&claim.initiator[..], &claim.recipient[..]].concat();
            let both = ["PRK", "RUS"].iter().all(|code| parties.iter().any(|p| p == code));
            // Russia's help in the United Nations is told as done; it is no delivery.
            let vote = claim.quote.contains("Hilfe") && claim.initiator == ["RUS"];
            assert!(!both || vote, "{}\n{}", Line::of(claim), claim.quote);
        }
    }

    nothing_in_return(read) {
        read.must("keine Gegenleistung", "AID RUS > PRK | occurred negative author certain");
    }

    trade_of_2019(read) {
        let claim = read.must("Handelsvolumen", "COOPERATE PRK + RUS | occurred positive author certain");
        assert_eq!(claim.amount.as_ref().map(ToString::to_string).as_deref(), Some("48000000"), "{claim:?}");
        assert_eq!(claim.unit.as_deref(), Some("USD"));
        assert_eq!(claim.occurred_from.as_deref(), Some("2019-01-01"));
        assert_eq!(claim.occurred_to.as_deref(), Some("2020-01-01"));
    }

    /// Kim's journey to Vladivostok, by train, disclosed on departure; the sentence is broken in two in the source.
    the_journey(read) {
        let journeys = || read.claims_at("bevorstehenden Besuch").filter(|c| c.event_type == "CONSULT");
        let claim = journeys().next().unwrap_or_else(|| panic!("no journey{}", read.shown("bevorstehenden Besuch")));
        assert_eq!(claim.initiator, ["PRK", "RUS"]);
        assert!(matches!(claim.status.as_str(), "planned" | "ongoing"), "{}", Line::of(claim));
        assert_eq!((claim.holder.as_str(), claim.polarity.as_str()), ("author", "positive"));
        let journey = claim.journey.as_ref().expect("a journey");
        assert!(journey.to.as_deref().is_some_and(|to| to.contains("Wladiwostok")), "{journey:?}");
        assert_eq!(journey.means.as_deref(), Some("train"));
        assert_eq!(journey.disclosure.as_deref(), Some("on_departure"));
    }

    the_broken_sentence_is_survived(read) {
        assert!(read.claims_at("uns im russischen Wladiwostok").next().is_some(), "{}", read.shown("Wladiwostok"));
    }

    the_meeting_of_2019_from_the_caption(read) {
        let claim = read.must("hier 2019", "CONSULT PRK + RUS | occurred positive author certain");
        assert_eq!(claim.occurred_from.as_deref(), Some("2019-01-01"), "{claim:?}");
        assert_eq!(claim.occurred_to.as_deref(), Some("2020-01-01"), "{claim:?}");
    }

    guests_from_laos(read) {
        let found = read.claims_at("kommen aus Laos").find(|c| c.event_type == "CONSULT");
        let claim = found.unwrap_or_else(|| panic!("no guests{}", read.shown("kommen aus Laos")));
        for code in ["LAO", "RUS"] {
            assert!(claim.initiator.iter().any(|c| c == code), "{}", Line::of(claim));
        }
        assert_eq!((claim.holder.as_str(), claim.polarity.as_str()), ("author", "positive"));
    }

    /// The expert says that Moscow helped, and for whose sake; the author passes it on.
    help_for_beijings_sake_is_the_experts(read) {
        let words = "im Rahmen seiner Partnerschaft mit Peking";
        let helped = |c: &&FlatClaim| {
            matches!(c.event_type.as_str(), "SUPPORT" | "AID") && c.initiator == ["RUS"] && c.recipient == ["PRK"]
        };
        let held: Vec<_> = read.claims_at(words).filter(helped).map(|c| c.holder.as_str()).collect();
        assert!(!held.is_empty() && held.iter().all(|h| *h == "other"), "{held:?}{}", read.shown(words));
    }

    /// *nur China zuliebe* is a motive, with China as the third state.
    china_is_why(read) {
        let motive = |a: &FlatAssessment| a.kind == "motive" && a.subject == ["RUS"] && names_all(a, &["CHN"]);
        let found = read.assessments.iter().any(motive);
        assert!(found, "no motive of Russia's with China in it{}", read.shown("China zuliebe"));
    }

    votes_are_the_experts(read) {
        let words = "UN-Sanktionen";
        let held = |event: &str| {
            read.claims_at(words).any(|c| c.event_type == event && c.initiator == ["RUS"] && c.holder == "other")
        };
        assert!(held("SANCTION"), "no vote for sanctions{}", read.shown(words));
        assert!(held("REJECT"), "no veto{}", read.shown(words));
    }

    /// A vote *for* sanctions is no support for the state that they hit, nor for anybody else.
    a_vote_for_sanctions_is_no_support(read) {
        let support = read.claims_at("UN-Sanktionen").find(|c| c.event_type == "SUPPORT");
        assert!(support.is_none(), "{}", read.shown("UN-Sanktionen"));
    }

    /// *soll … intensiviert werden* is an intention, not hearsay.
    to_be_intensified_is_planned(read) {
        read.must("intensiviert und wohl auch", "COOPERATE PRK + RUS | planned positive author certain");
        let hearsay = read.claims_at("intensiviert und wohl auch").any(|c| c.holder == "other");
        assert!(!hearsay, "{}", read.shown("intensiviert und wohl auch"));
    }

    /// *braucht*: the author's, in the indicative.
    labour_is_needed_says_the_author(read) {
        read.assess("dringender denn je", "need RUS good=labour | positive author certain", |a| {
            a.kind == "need" && a.subject == ["RUS"] && is_good(a, &["labour"]) && a.holder == "author"
                && a.polarity == "positive" && a.certainty == "certain"
        });
    }

    /// *sei … nicht ausgemacht*: the expert's, whose Konjunktiv goes on without his name.
    not_settled_says_the_expert(read) {
        let found: Vec<_> = read.assessments_at("nicht ausgemacht").map(|a| a.holder.as_str()).collect();
        assert!(!found.is_empty() && found.iter().all(|h| *h == "other"), "{}", read.shown("nicht ausgemacht"));
    }

    ammunition_is_needed(read) {
        read.assess("Bedarf an Munition", "need RUS good=weapon", |a| {
            a.kind == "need" && a.subject == ["RUS"] && is_good(a, &["weapon", "ammunition", "military_goods"])
        });
    }

    labour_was_on_offer(read) {
        read.assess("Billige Arbeitskräfte", "offer PRK > RUS good=labour", |a| {
            a.kind == "offer" && a.subject == ["PRK"] && named(a).contains(&"RUS") && is_good(a, &["labour"])
        });
    }

    rail_was_on_offer(read) {
        read.assess("Billige Arbeitskräfte", "offer PRK > RUS good=transport", |a| {
            a.kind == "offer" && a.subject == ["PRK"] && is_good(a, &["transport", "rail", "transit"])
        });
    }

    transit_was_needed(read) {
        read.assess("als Transitland", "need of PRK as a country of transit", |a| {
            matches!(a.kind.as_str(), "need" | "offer")
                && names_all(a, &["PRK"])
                && is_good(a, &["transport", "transit", "energy"])
        });
    }

    the_motive_lay_in_south_korea(read) {
        read.assess("stärkeren Südkorea zu vertiefen", "motive RUS with KOR", |a| {
            a.kind == "motive" && a.subject == ["RUS"] && names_all(a, &["KOR"])
        });
    }

    neutral_between_the_koreas_until_then(read) {
        read.assess("weitestgehend neutral", "stance RUS neutral PRK+KOR", |a| {
            a.kind == "stance" && a.subject == ["RUS"] && a.direction.as_deref() == Some("neutral")
                && names_all(a, &["PRK", "KOR"]) && a.holder == "author"
        });
    }

    the_impulse_of_2014_came_to_nothing(read) {
        let trend = read.assess("verpuffte", "trend RUS+PRK without result", |a| {
            a.kind == "trend" && a.direction.as_deref() == Some("none") && names_all(a, &["PRK", "RUS"])
        });
        let from = trend.period.as_ref().and_then(|p| p.from.as_deref());
        assert!(from.is_some_and(|day| day.starts_with("2014")), "{:?}", trend.period);
    }

    /// Messages of support went out on channels for foreigners; the expert says so.
    messages_for_foreign_ears_only(read) {
        let words = "ausländische Publikum";
        let claims = read.claims_at(words).map(|c| (&c.holder, &c.attribution));
        let assessments = read.assessments_at(words).map(|a| (&a.holder, &a.attribution));
        let found = claims.chain(assessments).any(|(holder, chain)| {
            holder == "other" && chain.iter().any(|link| link.audience.as_deref() == Some("foreign"))
        });
        assert!(found, "no message with a foreign audience{}", read.shown(words));
    }

    the_outlook_is_open(read) {
        let outlook = read.assess("nicht ausgemacht", "outlook PRK+RUS uncertain", |a| {
            a.kind == "outlook" && names_all(a, &["PRK", "RUS"]) && a.direction.as_deref() == Some("uncertain")
        });
        assert_ne!(outlook.certainty, "probable", "{}", assessed(outlook));
    }

    /// North Korea's isolation, China's influence, the stability of both: named, and held by the expert.
    the_outlook_has_three_factors(read) {
        let words = "Die Abschottung Nordkoreas";
        let held: Vec<_> = read.assessments_at(words).collect();
        let has = |code: &str| held.iter().any(|a| named(a).contains(&code));
        assert!(["PRK", "CHN", "RUS"].iter().all(|code| has(code)), "{}", read.shown(words));
        assert!(held.iter().all(|a| a.holder == "other"), "{}", read.shown(words));
    }

    /// Nobody gives a probability for what comes; none may be made up.
    no_probability_is_invented(read) {
        for words in ["nicht ausgemacht", "langfristig prognostiziert", "Umsetzung aber ungewiss"] {
            let likely = read.assessments_at(words).any(|a| a.certainty == "probable");
            assert!(!likely, "{}", read.shown(words));
        }
    }

    /// The caption's credit line and the cookie text hold nothing.
    nothing_from_credit_and_cookies(read) {
        let cookies = point(&read.text, "Empfohlener redaktioneller Inhalt");
        let credit = point(&read.text, "Bild: kremlin.ru");
        let credit = credit..credit + u32::try_from("Bild: kremlin.ru, CC BY 4.0".len()).expect("short");
        for (claim, parties) in read.claims.iter().zip(&read.parties) {
            assert!(claim.end <= cookies, "{}\n{}", Line::of(claim), claim.quote);
            assert!(!credit.contains(&claim.start), "{}\n{}", Line::of(claim), claim.quote);
            assert!(!parties.iter().any(|(start, _)| credit.contains(start)), "{}", Line::of(claim));
        }
        for a in &read.assessments {
            assert!(a.end <= cookies && !credit.contains(&a.start), "{}\n{}", assessed(a), a.quote);
        }
    }

    /// Every fact in the author's voice lies between states that the article puts there, in its direction.
    no_wrong_dyad_as_a_fact(read) {
        let told: &[(&str, &[&str], &[&str])] = &[
            ("ASSAULT", &["RUS"], &["UKR"]),
            ("SUPPORT", &["PRK"], &["RUS"]),
            ("AGREE", &["PRK"], &["RUS"]),
            ("AID", &["IRN"], &["RUS"]),
            ("SUPPORT", &["RUS"], &["PRK"]),
            ("AID", &["RUS"], &["PRK"]),
            ("CONSULT", &["PRK", "RUS"], &[]),
            ("CONSULT", &["LAO", "RUS"], &[]),
            ("CONSULT", &["LAO", "PRK", "RUS"], &[]),
            ("COOPERATE", &["PRK", "RUS"], &[]),
            ("COOPERATE", &["CHN", "RUS"], &[]),
        ];
        let wrong: Vec<String> = read
            .claims
            .iter()
            .filter(|c| is_fact(c))
            .filter(|c| !told.iter().any(|(t, i, r)| c.event_type == *t && c.initiator == *i && c.recipient == *r))
            .map(|c| format!("  {}\n    {}", Line::of(c), c.quote))
            .collect();
        assert!(wrong.is_empty(), "\nfacts that the article does not tell:\n{}", wrong.join("\n"));
    }
}
