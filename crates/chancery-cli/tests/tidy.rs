//! What the compiler does not hold: who may depend on whom, who may name the heavy crates, that no data file is
//! forgotten, that knowledge about states is data and never code, and that lexicon examples are no filler.
//!
//! Standard library only, on the files as they stand: `docs/contracts.md` and `ARCHITECTURE.md` say why.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // it reads the checkout, and a failure to read is a failure

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Each package and the packages of this workspace that it may name. No further one without a page in `docs/decisions/`.
const EDGES: &[(&str, &[&str])] = &[
    ("chancery-model", &[]),
    ("chancery-text", &[]),
    ("chancery-data", &[]),
    ("chancery-coder", &["chancery-text", "chancery-model"]),
    ("chancery-ledger", &["chancery-model"]),
    ("chancery-measure", &["chancery-model"]),
    (
        "chancery",
        &["chancery-text", "chancery-model", "chancery-coder", "chancery-ledger", "chancery-measure", "chancery-data"],
    ),
    ("chancery-cli", &["chancery"]),
    ("xtask", &["chancery-text", "chancery-coder", "chancery-data"]),
];

/// Edges that only tests may use.
const TEST_EDGES: &[(&str, &[&str])] = &[("chancery-coder", &["chancery-data"])];

/// Heavy crates, by the beginning of their name, and the packages that may name them.
const HEAVY: &[(&str, &[&str])] = &[
    ("deltalake", &["chancery-ledger"]),
    ("datafusion", &["chancery-ledger"]),
    ("arrow", &["chancery-ledger"]),
    ("parquet", &["chancery-ledger", "chancery"]),
    ("object_store", &["chancery-ledger"]),
    ("tokio", &["chancery-ledger", "chancery", "chancery-cli"]),
    ("clap", &["chancery-cli"]),
    ("indicatif", &["chancery-cli"]),
    ("axum", &["chancery-cli"]),
];

/// Codes of bodies and of "unknown": grammar of the coding scheme, not knowledge about a state.
const BODIES: &[&str] = &["EUU", "UNO", "NAT", "IGO", "UNK"];

/// State codes that code may spell, and why.
const SPELT: &[(&str, &str, &str)] = &[
    ("crates/chancery-cli/src/commands/demo.rs", "RUS PRK", "the demonstration's examples are about this pair"),
    ("crates/chancery-cli/src/commands/brief.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-cli/src/commands/claims.rs", "RUS PRK USA", "examples in the help"),
    ("crates/chancery-cli/src/commands/diff.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-cli/src/commands/export.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-cli/src/commands/measure.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-cli/src/commands/mediate.rs", "RUS PRK CHN", "examples in the help"),
    ("crates/chancery-cli/src/commands/timeline.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-cli/src/commands/turns.rs", "RUS PRK", "an example in the help"),
    ("crates/chancery-cli/src/commands/why.rs", "RUS PRK", "examples in the help"),
    ("crates/chancery-model/src/error.rs", "RUS", "an example in an error message"),
    ("crates/chancery/src/dataset/codes.rs", "AND", "the English word in names of states, not Andorra"),
    ("crates/chancery/src/error/hints.rs", "PRK", "an example in an error message"),
    ("crates/chancery/src/source/encoding.rs", "PNG", "the kind of picture, not Papua New Guinea"),
];

/// Files of `data/` that are no knowledge of the running program: read by training only.
const TRAINING: &[&str] = &["lexicons/de/function-words.tsv", "lexicons/de/verbs.tsv"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All files below a folder, as paths from the root of the checkout, sorted.
fn files(folder: &str) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    walk(&root.join(folder), &mut found);
    let mut paths: Vec<String> =
        found.iter().map(|p| p.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/")).collect();
    paths.sort();
    paths
}

/// The folders of the workspace's packages.
fn packages() -> Vec<String> {
    let manifests = ["crates", "data", "xtask"].iter().flat_map(|folder| files(folder));
    manifests.filter_map(|p| p.strip_suffix("/Cargo.toml").map(str::to_owned)).collect()
}

fn rust_files() -> Vec<String> {
    let all = ["crates", "data", "xtask"].iter().flat_map(|folder| files(folder));
    all.filter(|p| Path::new(p).extension().is_some_and(|e| e == "rs")).collect()
}

/// A manifest's name and its dependencies, for tests or not.
fn manifest(folder: &str) -> (String, BTreeMap<String, bool>) {
    let (text, mut name, mut dependencies) = (read(&format!("{folder}/Cargo.toml")), String::new(), BTreeMap::new());
    let mut section = String::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(header) = line.strip_prefix('[') {
            header.trim_end_matches(']').trim_matches('[').clone_into(&mut section);
            if let Some((kind, dependency)) = section.rsplit_once("dependencies.") {
                dependencies.insert(dependency.to_owned(), kind.ends_with("dev-"));
            }
        } else if section == "package" && line.starts_with("name") {
            line.split('"').nth(1).unwrap().clone_into(&mut name);
        } else if section.ends_with("dependencies") {
            let key = line.split(['.', ' ', '=']).next().unwrap().trim_matches('"');
            let test = section.ends_with("dev-dependencies");
            dependencies.entry(key.to_owned()).and_modify(|only| *only &= test).or_insert(test);
        }
    }
    (name, dependencies)
}

fn allowed(table: &'static [(&str, &[&str])], package: &str) -> &'static [&'static str] {
    table.iter().find(|(name, _)| *name == package).map_or(&[], |(_, list)| list)
}

/// Fails with all findings at once: whoever repairs one wants to see the others.
#[track_caller]
fn clean(findings: &[String], remedy: &str) {
    let mut told = String::new();
    for finding in findings {
        let _ = writeln!(told, "  {finding}");
    }
    assert!(findings.is_empty(), "{} finding(s):\n{told}{remedy}", findings.len());
}

#[test]
fn dependencies_point_down() {
    let mut findings = Vec::new();
    for folder in packages() {
        let (name, dependencies) = manifest(&folder);
        if !EDGES.iter().any(|(known, _)| *known == name) {
            findings.push(format!("{folder}: a package `{name}` that no decision knows"));
        }
        for (dependency, test) in dependencies {
            let ours = EDGES.iter().any(|(known, _)| *known == dependency);
            let may = allowed(EDGES, &name).contains(&dependency.as_str())
                || (test && allowed(TEST_EDGES, &name).contains(&dependency.as_str()));
            if ours && !may {
                findings.push(format!("{name} names {dependency}"));
            }
        }
    }
    clean(&findings, "The edges stand in ARCHITECTURE.md; a new one needs a page in docs/decisions/.");
}

#[test]
fn heavy_crates_stay_where_they_are() {
    let mut findings = Vec::new();
    for folder in packages() {
        let (name, dependencies) = manifest(&folder);
        for dependency in dependencies.into_keys() {
            for (heavy, who) in HEAVY {
                if dependency.starts_with(heavy) && !who.contains(&name.as_str()) {
                    findings.push(format!("{name} names {dependency}"));
                }
            }
        }
    }
    clean(&findings, "Heavy crates are kept behind one package each, so that the others build and test in seconds.");
}

#[test]
fn the_code_map_names_the_packages_that_exist() {
    let page = read("ARCHITECTURE.md");
    let named: BTreeSet<String> =
        page.lines().filter_map(|l| Some(l.strip_prefix("### `")?.split_once('`')?.0.to_owned())).collect();
    assert_eq!(named, packages().into_iter().collect(), "headings of ARCHITECTURE.md and folders with a Cargo.toml");
}

/// Each direction of the program is one file that is read in one go; what grows there grows into a file of its own.
#[test]
fn the_spine_fits_on_a_screen() {
    for path in ["crates/chancery/src/record.rs", "crates/chancery/src/answer.rs"] {
        let lines = read(path).lines().count();
        assert!(lines <= 150, "{path} has {lines} lines");
    }
    let long = |path: &String| {
        path.starts_with("crates/chancery") && path.contains("/src/") && read(path).lines().count() > 300
    };
    let ours = ["crates/chancery/", "crates/chancery-cli/"];
    let findings: Vec<String> =
        rust_files().into_iter().filter(|p| ours.iter().any(|o| p.starts_with(o)) && long(p)).collect();
    clean(&findings, "Files of the façade and the command stay under 300 lines: split along a seam.");
}

#[test]
fn every_file_says_what_it_is_for() {
    let findings: Vec<String> =
        rust_files().into_iter().filter(|path| !read(path).trim_start().starts_with("//!")).collect();
    clean(&findings, "A file begins with `//!` and a sentence that says what it is for.");
}

/// The quoted paths of one list in `data/src/lib.rs`.
fn listed(list: &str) -> Vec<String> {
    let text = read("data/src/lib.rs");
    let from = text.find(&format!("pub static {list}:")).unwrap();
    let body = &text[from..];
    let body = &body[body.find("\n    \"").unwrap()..body.find("];").unwrap()];
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_knowledge_file_is_embedded() {
    let left_out = |path: &str| {
        path == "Cargo.toml"
            || path.starts_with("src/")
            || path.starts_with("models/")
            || path.starts_with("treebanks/")
            || Path::new(path).extension().is_some_and(|e| e == "md")
            || TRAINING.contains(&path)
    };
    let there: Vec<String> =
        files("data").iter().map(|p| p.strip_prefix("data/").unwrap().to_owned()).filter(|p| !left_out(p)).collect();
    assert_eq!(listed("FILES"), there, "FILES in data/src/lib.rs (left) and the files below data/ (right)");
}

#[test]
fn every_example_is_embedded() {
    let there: Vec<String> = files("examples")
        .iter()
        .map(|p| p.strip_prefix("examples/").unwrap().to_owned())
        .filter(|p| Path::new(p).extension().is_some_and(|e| e == "md") && p != "README.md")
        .collect();
    assert_eq!(listed("EXAMPLES"), there, "EXAMPLES in data/src/lib.rs (left) and examples/*.md (right)");
}

#[test]
fn every_model_is_embedded() {
    let text = read("data/src/lib.rs");
    let findings: Vec<String> = files("data")
        .into_iter()
        .filter(|p| p.starts_with("data/models/") && Path::new(p).extension().is_some_and(|e| e == "bin"))
        .filter(|p| !text.contains(&format!("aligned!(\"../{}\")", p.strip_prefix("data/").unwrap())))
        .collect();
    clean(&findings, "A model that nobody can load is dead weight: name it in `model` of data/src/lib.rs.");
}

/// The codes of the register, bodies left out.
fn states() -> BTreeSet<String> {
    let text = read("data/actors/states.toml");
    let codes: BTreeSet<String> = text
        .lines()
        .filter_map(|l| l.strip_prefix("code = \"")?.split('"').next().map(str::to_owned))
        .filter(|code| !BODIES.contains(&code.as_str()))
        .collect();
    assert!(codes.len() > 190, "{} states read from the register", codes.len());
    codes
}

/// The string literals of Rust code up to its tests, with their lines. Comments and character literals are passed over.
fn literals(text: &str) -> Vec<(usize, String)> {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut found, mut i, mut line) = (Vec::new(), 0, 1);
    while i < chars.len() {
        match chars[i] {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
                continue;
            }
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && chars[i] != '\'' {
                    i += 1;
                }
            }
            '\'' if at(i + 2) == '\'' => i += 2,
            '"' => {
                let mut hashes = 0;
                while hashes < i && chars[i - 1 - hashes] == '#' {
                    hashes += 1;
                }
                let raw = i > hashes && chars[i - 1 - hashes] == 'r';
                let (start, first) = (i + 1, line);
                i += 1;
                while i < chars.len() {
                    let closes = !raw || (1..=hashes).all(|k| at(i + k) == '#');
                    match chars[i] {
                        '\\' if !raw => i += 1,
                        '"' if closes => break,
                        _ => {}
                    }
                    line += usize::from(at(i) == '\n');
                    i += 1;
                }
                found.push((first, chars[start..i.min(chars.len())].iter().collect()));
            }
            '\n' => line += 1,
            _ => {}
        }
        i += 1;
    }
    found
}

#[test]
fn no_constant_per_state() {
    let states = states();
    let ours = |path: &String| {
        !path.contains("/tests/")
            && !path.contains("/examples/")
            && !path.ends_with("/tests.rs")
            && !path.contains("/benches/")
    };
    let mut findings = Vec::new();
    for path in rust_files().into_iter().filter(ours) {
        for (line, literal) in literals(&read(&path)) {
            for word in literal.split(|c: char| !c.is_alphanumeric()) {
                let spelt = SPELT.iter().any(|(file, codes, _)| *file == path && codes.contains(word));
                if states.contains(word) && !spelt {
                    findings.push(format!("{path}:{line}: \"{literal}\" spells {word}"));
                }
            }
        }
    }
    clean(
        &findings,
        "What is known about a state belongs into data/. A code that must be spelt goes on the list, with why.",
    );
}

/// Words that make no difference between two examples: articles, particles and prepositions, which come with the verb.
const SMALL: &str = "der die das den dem des ein eine einen einem einer eines ab an auf aus bei gegen los mit nach vor zu zur zum \
    über um a an the at back by down for from in into of off on out over to up with against";

/// An example with where it stands: its words in lower case, sorted, without the small ones.
struct Example {
    place: String,
    words: Vec<String>,
}

fn examples(lang: &str) -> Vec<Example> {
    let small: BTreeSet<&str> = SMALL.split_whitespace().collect();
    let mut found = Vec::new();
    for path in files(&format!("data/lexicons/{lang}")) {
        let text = read(&path);
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let Some((_, header)) = lines.next() else { continue };
        let column = |name: &str| header.split('\t').position(|c| c == name);
        let Some(example) = column("example") else { continue };
        for (i, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let mut words: Vec<String> = cells
                .get(example)
                .unwrap_or(&"")
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .filter(|w| !small.contains(w.as_str()))
                .collect();
            words.sort();
            found.push(Example { place: format!("{path}:{}", i + 1), words });
        }
    }
    found
}

/// How many words of the one are not in the other, in the direction where it is more.
fn apart(a: &[String], b: &[String]) -> usize {
    let (mut i, mut j, mut only_a, mut only_b) = (0, 0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => (i, only_a) = (i + 1, only_a + 1),
            std::cmp::Ordering::Greater => (j, only_b) = (j + 1, only_b + 1),
            std::cmp::Ordering::Equal => (i, j) = (i + 1, j + 1),
        }
    }
    (only_a + a.len() - i).max(only_b + b.len() - j)
}

/// Examples that are equal but for their predicate test one construction many times and pretend to cover many.
#[test]
fn lexicon_examples_are_no_filler() {
    let mut findings = Vec::new();
    for lang in ["de", "en"] {
        let examples = examples(lang);
        assert!(examples.len() > 500, "{} examples read for {lang}", examples.len());
        for (i, a) in examples.iter().enumerate() {
            for b in &examples[i + 1..] {
                if a.words.len().abs_diff(b.words.len()) <= 1 && apart(&a.words, &b.words) <= 1 {
                    findings.push(format!("{} and {}", a.place, b.place));
                }
            }
        }
    }
    clean(
        &findings,
        "These differ in their predicate only. Every row carries a sentence of its own: other parties, another matter.",
    );
}
