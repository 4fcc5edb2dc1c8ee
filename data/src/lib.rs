//! The knowledge of Chancery as it ships: actors, ontology, lexicons, scales, sources, models, examples.
//!
//! Files and no logic. `crates/chancery-cli/tests/tidy.rs` compares these lists with the folders, so that no file is
//! forgotten.

/// A file of `data/`: its path below that folder, and its text.
pub type File = (&'static str, &'static str);

macro_rules! files {
    ($base:literal: $($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!($base, $path)))),*] };
}

/// Bytes at an address that weights can be read from in place.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

macro_rules! aligned {
    ($path:literal) => {{
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!($path));
        &BYTES.0
    }};
}

/// All knowledge files but the models, sorted by path.
pub static FILES: &[File] = files!["../":
    "actors/bodies.toml",
    "actors/codes.tsv",
    "actors/nonstate.toml",
    "actors/persons.tsv",
    "actors/roles.de.tsv",
    "actors/roles.en.tsv",
    "actors/states.toml",
    "actors/un-members.tsv",
    "actors/un-names.tsv",
    "lexicons/de/assessments.tsv",
    "lexicons/de/classes.tsv",
    "lexicons/de/cues.tsv",
    "lexicons/de/embedding.tsv",
    "lexicons/de/events-core.tsv",
    "lexicons/de/events-coverage.tsv",
    "lexicons/de/events-more.tsv",
    "lexicons/de/events-wars.tsv",
    "lexicons/de/events.tsv",
    "lexicons/de/modifiers.tsv",
    "lexicons/en/assessments.tsv",
    "lexicons/en/classes.tsv",
    "lexicons/en/cues.tsv",
    "lexicons/en/embedding.tsv",
    "lexicons/en/events-coverage.tsv",
    "lexicons/en/events-more.tsv",
    "lexicons/en/events-wars.tsv",
    "lexicons/en/events.tsv",
    "lexicons/en/modifiers.tsv",
    "ontology/cameo.tsv",
    "ontology/lanes.toml",
    "ontology/plover.toml",
    "ontology/standing.toml",
    "scales/admiralty.toml",
    "scales/icd203.toml",
    "scales/ipcc.toml",
    "scales/kent.toml",
    "scales/phia.toml",
    "sources/datasets/atop.toml",
    "sources/datasets/colt.toml",
    "sources/datasets/cow-alliances.toml",
    "sources/datasets/cow-contiguity.toml",
    "sources/datasets/cow-igo.toml",
    "sources/datasets/cow-mids.toml",
    "sources/datasets/cow-nmc.toml",
    "sources/datasets/cow-trade.toml",
    "sources/datasets/ideal-points.toml",
    "sources/datasets/security-council.toml",
    "sources/datasets/sipri-register.toml",
    "sources/datasets/sipri-tiv.toml",
    "sources/datasets/ucdp-ged.toml",
    "sources/datasets/un-votes.toml",
    "sources/outlets.tsv",
    "sources/vetoes.tsv",
];

/// The short news items of `examples/`, sorted by file name.
pub static EXAMPLES: &[File] = files!["../../examples/":
    "2014-03-28-crimea-assembly-vote.md",
    "2014-04-22-duma-schulden.md",
    "2014-05-06-putin-signs-debt-law.md",
    "2014-11-19-choe-in-moskau.md",
    "2014-12-01-rajin-coal.md",
    "2015-04-21-mai-parade-ankuendigung.md",
    "2015-05-01-kim-stays-home.md",
    "2016-03-03-resolution-2270.md",
    "2017-12-24-workers-resolution.md",
    "2018-06-01-lawrow-in-pjoengjang.md",
    "2018-09-18-haley-accuses-russia.md",
    "2019-04-18-kreml-kuendigt-besuch-an.md",
    "2019-04-26-kim-putin-vladivostok.md",
    "2019-12-17-entwurf-sanktionen.md",
    "2019-12-23-workers-deadline.md",
    "2020-02-04-grenze-geschlossen.md",
    "2021-02-26-diplomats-on-trolley.md",
    "2022-03-03-esg-abstimmung.md",
    "2022-05-26-double-veto.md",
    "2022-05-27-doppeltes-veto.md",
    "2022-05-27-russia-china-veto-reprint.md",
    "2022-05-27-veto-council-reprint.md",
    "2022-07-14-anerkennung-donezk.md",
    "2022-09-06-us-shells-claim.md",
    "2022-09-22-pjoengjang-dementiert.md",
    "2022-11-03-zug-mit-pferden.md",
    "2022-11-08-second-denial.md",
    "2022-12-23-wagner-lieferung.md",
    "2023-03-31-food-for-arms.md",
    "2023-07-27-schoigu-in-pjoengjang.md",
    "2023-08-31-talks-advancing.md",
    "2023-09-05-kim-wladiwostok-bericht.md",
    "2023-09-11-visit-confirmed.md",
    "2023-09-12-laos-forum.md",
    "2023-09-12-zhang-forum.md",
    "2023-09-13-vostochny-summit.md",
    "2023-09-13-wostotschny-gipfel.md",
    "2023-09-18-heimreise.md",
    "2023-10-16-thousand-containers.md",
    "2023-10-19-lawrow-dankt.md",
    "2023-11-01-nis-million-shells.md",
    "2023-11-15-handel-koslow.md",
    "2024-01-05-missiles-used.md",
    "2024-01-17-choe-in-moskau.md",
    "2024-02-10-touristen.md",
    "2024-02-28-seoul-counts-containers.md",
    "2024-03-28-panel-veto.md",
    "2024-03-29-panel-veto-reprint.md",
    "2024-04-30-kharkiv-debris.md",
    "2024-06-19-vertrag-pjoengjang.md",
    "2024-06-20-seoul-reviews-arms.md",
    "2024-06-21-peking-reaktion.md",
    "2024-09-14-shoigu-visit.md",
    "2024-10-10-truppen-geruecht.md",
    "2024-10-18-nis-troops.md",
    "2024-10-19-nis-truppen-nachdruck.md",
    "2024-10-22-pyongyang-un-denial.md",
    "2024-10-25-duma-ratifiziert.md",
    "2024-10-28-nato-confirms.md",
    "2024-11-12-kim-unterzeichnet.md",
    "2024-11-21-animals-for-zoo.md",
    "2024-11-22-oil-tankers.md",
    "2024-12-04-vertrag-in-kraft.md",
    "2024-12-18-verluste-kursk.md",
];

/// The model of a language (`de`, `en`), aligned to 64 bytes.
pub fn model(lang: &str) -> Option<&'static [u8]> {
    match lang {
        "de" => Some(aligned!("../models/de/model.bin")),
        "en" => Some(aligned!("../models/en/model.bin")),
        _ => None,
    }
}
