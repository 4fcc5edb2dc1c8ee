//! The first screen of the README is what the program prints: the demonstration, one figure opened, one claim opened.
//!
//! `CHANCERY_UPDATE=1 cargo test --workspace --test readme` writes it anew, after the coder has learnt something.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // it reads the checkout and may rewrite a page of it

mod common;

use std::path::Path;

use common::{chancery, stderr, stdout};

const BEGIN: &str = "<!-- demo: written by crates/chancery-cli/tests/readme.rs -->\n";
const END: &str = "<!-- /demo -->";

#[test]
fn the_first_screen_is_what_the_demonstration_prints() {
    let dir = tempfile::tempdir().unwrap();
    let demo = dir.path().join("chancery-demo");
    let run = |arguments: &[&str]| {
        let output = chancery().current_dir(dir.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        stdout(&output)
    };
    let brief = run(&["demo"]);
    let inside = |arguments: &[&str]| run(&[&["--workspace", demo.to_str().unwrap()], arguments].concat());
    let screen = screen(&brief, inside);

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the README has the mark");
    let (held, after) = rest.split_once(END).expect("and its end");
    if std::env::var_os("CHANCERY_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{screen}{END}{after}")).unwrap();
    } else {
        assert_eq!(held, screen, "README.md shows another output; write it anew with CHANCERY_UPDATE=1");
    }
}

/// The head and the answer of the brief, a matter that is told by others and not by a document itself, then what its figure and
/// its first claim open to. Lines that are left out are shown as `…`.
fn screen(brief: &str, ask: impl Fn(&[&str]) -> String) -> String {
    let blocks: Vec<&str> = brief.split("\n\n").collect();
    let section = ["ONLY CLAIMED ", "DISPUTED ", "BOUND "]
        .iter()
        .find_map(|title| blocks.iter().find(|b| b.starts_with(title)))
        .expect("the demonstration has claims");
    let (title, rest) = section.split_once('\n').unwrap();
    let shown = matter(rest);
    // The figure of a matter counts its origins, and its address stands at the end of the brief.
    let mark = shown.split_once('[').and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
    let figure = brief.lines().find_map(|l| l.trim().strip_prefix(&format!("[{mark}] "))).unwrap();
    let claim = shown.split_whitespace().find(|w| w.starts_with("c-")).unwrap();
    let why_claim = ask(&["why", claim]);
    let parts: Vec<&str> = why_claim.split("\n\n").collect();
    let part = |title: &str| *parts.iter().find(|p| p.starts_with(title)).unwrap();
    format!(
        "```console\n$ chancery demo\n{}\n\n{}\n…\n{title}\n{shown}\n…\n$ chancery why '{figure}'\n{}\n$ chancery why {claim}\n…\n{}\n\n{}\n\n{}\n…\n```\n",
        blocks[0],
        blocks[1],
        ask(&["why", figure]).trim_end(),
        part("Words"),
        part("Who says so"),
        part("Made by").trim_end(),
    )
}

/// The matter with the most independent origins; of these the one that takes the fewest lines. A matter begins at an
/// indent of two.
fn matter(section: &str) -> String {
    let mut matters: Vec<Vec<&str>> = Vec::new();
    for line in section.lines().filter(|l| !l.trim_start().starts_with('…')) {
        if line.starts_with("  ") && !line.starts_with("   ") {
            matters.push(Vec::new());
        }
        if let Some(matter) = matters.last_mut() {
            matter.push(line);
        }
    }
    let origins = |m: &[&str]| -> usize {
        let head = m.iter().take_while(|l| !l.starts_with("    ") || !l.contains('“')).copied().collect::<String>();
        let number = head.split('[').next().and_then(|before| before.rsplit(' ').next().map(str::to_owned));
        number.and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    let chosen = matters.iter().max_by_key(|m| (origins(m), std::cmp::Reverse(m.len())));
    chosen.map(|m| m.join("\n")).unwrap_or_default()
}
