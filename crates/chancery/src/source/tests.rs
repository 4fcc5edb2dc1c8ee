//! Every kind of input with what it must give, and every bad one with the error that names it and the remedy.

use super::*;

fn terms() -> Terms {
    Terms { today: Some("2025-06-01".parse().unwrap()), ..Terms::default() }
}

fn read(name: &str, bytes: &[u8]) -> Result<Passage, Error> {
    passage(name.to_owned(), bytes.to_vec(), &terms())
}

fn page_file(name: &str) -> Passage {
    file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name), &terms()).unwrap()
}

/// A page with what its metadata must say (date, source, url, title), what its text must hold, and what it must not.
type Page = (&'static str, [Option<&'static str>; 4], &'static [&'static str], &'static [&'static str]);

const PAGES: &[Page] = &[
    (
        "json-ld.html",
        [
            Some("2024-03-05"),
            Some("Tagesblick"),
            Some("https://tagesblick.example/politik/munitionszuege-grenze"),
            Some("Seoul meldet neue Munitionszüge an der Grenze"),
        ],
        &[
            "Moskau weist das zurück.",
            "elf Güterzüge",
            "„frei erfunden“",
            "Seoul verstärkt die Überwachung",
            "zwei weitere Schiffe",
        ],
        &["Cookies", "Sport", "Foto: Archiv", "Hafen von Rason:", "Leser Klaus", "Impressum"],
    ),
    (
        "opengraph.html",
        [
            Some("2023-12-08"),
            Some("The Harbour Post"),
            Some("https://harbourpost.example/world/hotline"),
            Some("Ankara and Athens agree to reopen military hotline"),
        ],
        &["Turkey and Greece agreed on Thursday", "had not stopped.", "crossed the line."],
        &["Subscribe", "inbox", "Most read", "Storm closes", "Privacy policy", "Share on"],
    ),
    (
        "latin1-table.html",
        [Some("2009-10-02"), None, None, None],
        &["Gespräche über das iranische Atomprogramm", "Rußland erklärte", "hieß es in Diplomatenkreisen."],
        &["Wetter", "Abonnement", "Nachdruck", "Impressum"],
    ),
    (
        "short.html",
        [
            Some("2024-10-14"),
            Some("Wire Room"),
            Some("https://wireroom.example/n/881"),
            Some("Canada expels six Indian diplomats"),
        ],
        &["Canada expels six Indian diplomats\n\nCanada expelled six", "ordered six Canadian envoys to leave."],
        &["Latest", "cookies"],
    ),
    (
        "div-soup.html",
        [Some("2024-11-20"), None, None, None],
        &["verlangt von China Auskunft", "19 chinesische Firmen verhängt."],
        &["Solaranlage", "Schlagworte", "Bahn stellt", "Datenschutz"],
    ),
];

#[test]
fn pages_give_their_text_and_what_they_say_about_themselves() {
    for (name, [date, source, url, title], holds, lacks) in PAGES {
        let page = page_file(name);
        let meta = &page.metadata;
        assert_eq!(meta.published.map(|d| d.to_string()).as_deref(), *date, "{name}");
        assert_eq!(meta.source.as_deref(), *source, "{name}");
        assert_eq!(meta.url.as_deref(), *url, "{name}");
        if title.is_some() {
            assert_eq!(meta.title.as_deref(), *title, "{name}");
        }
        for part in *holds {
            assert!(page.text.contains(part), "{name} lacks {part:?}:\n{}", page.text);
        }
        for part in *lacks {
            assert!(!page.text.contains(part), "{name} holds {part:?}:\n{}", page.text);
        }
        assert_eq!(page.extractor, HTML);
        assert!(page.text.lines().all(|l| l.is_empty() || l.trim() == l), "{name}");
    }
}

#[test]
fn what_the_caller_says_stands_above_the_file() {
    let mut terms = terms();
    terms.metadata.published = Some("2020".parse().unwrap());
    terms.metadata.lang = Some("de".to_owned());
    let text = "---\ndate: 2024-01-01\nsource: Nordbote\n---\nText.";
    let read = passage("a.txt".to_owned(), text.into(), &terms).unwrap();
    assert_eq!(read.metadata.published.unwrap().to_string(), "2020");
    assert_eq!(read.metadata.source.as_deref(), Some("Nordbote"));
    assert_eq!(read.metadata.lang.as_deref(), Some("de"));
    assert_eq!(read.text, text);
    assert_eq!(read.words().trim(), "Text.");
}

#[test]
fn text_is_left_as_it_is() {
    for (name, bytes) in [
        ("a.txt", "\u{feff}Zeile eins.\r\n\tZeile zwei. \u{202e}x\n"),
        ("-", "Zeile eins.\r\n\tZeile zwei. \u{202e}x\n"),
    ] {
        let read = read(name, bytes.as_bytes()).unwrap();
        assert_eq!(read.text, "Zeile eins.\r\n\tZeile zwei. \u{202e}x\n");
        assert_eq!(read.readable, None);
    }
    let markdown = read("a.md", "**Kim** reist".as_bytes()).unwrap();
    assert_eq!((markdown.text.as_str(), markdown.words()), ("**Kim** reist", "  Kim   reist"));
}

#[test]
fn bad_input_is_named_with_its_remedy() {
    let shell = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/app-shell.html")).unwrap();
    let cases: &[(&str, &[u8], &str, &str)] = &[
        ("empty.txt", b"", "empty.txt: is empty", "complete"),
        ("blank.txt", b" \n\t\r\n", "blank.txt: is empty", "complete"),
        ("a.pdf", b"%PDF-1.4\n...", "a.pdf: is a PDF file, not text", "pdftotext"),
        ("a.docx", b"PK\x03\x04....", "Office document, not text", "save it as"),
        ("a.bin", b"\x00\x01\x02\x03", "a.bin: is a binary file, not text", "only plain text"),
        ("a.txt", b"\xe4\xff\xfe\xb1\xf8\xd0\xc1\xff\xa2\xb6", "a.txt: unreadable characters", "iconv"),
        ("shell.html", &shell, "shell.html: holds no running text", "scripts"),
        ("a.md", b"---\ntitle: x\n---\n\n```\ncode\n```\n", "a.md: holds no running text", ".txt"),
        ("a.txt", b"---\ndate: soon\n---\nText", "`date: soon` in the front matter", "--date"),
        (
            "a.txt",
            b"---\ndate: 2031-05-01\n---\nText",
            "2031-05-01 is in the future (anywhere on earth it is 2025-06-01 at the latest)",
            "--date",
        ),
    ];
    for (name, bytes, message, hint) in cases {
        let error = read(name, bytes).unwrap_err();
        let (text, hints) = (error.to_string(), error.hints().join(" "));
        assert!(text.contains(message), "{name}: {text}");
        assert!(hints.contains(hint), "{name}: {hints}");
    }
}

#[test]
fn large_documents_are_refused_and_the_limit_can_be_raised() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.txt");
    std::fs::write(&path, "Moskau und Pjöngjang sprechen. ".repeat(400_000)).unwrap();
    let error = file(&path, &terms()).unwrap_err();
    assert!(error.to_string().contains("large.txt") && error.to_string().contains("10.0 MB"), "{error}");
    assert!(error.hints().join("").contains("--max-document"));
    let more = Terms { max_document: 20_000_000, ..terms() };
    assert!(file(&path, &more).is_ok());
    let line = format!("{{\"id\": \"a\", \"text\": \"{}\"}}", "x".repeat(101));
    let small = Terms { max_document: 100, ..terms() };
    let (id, error) = json_line("in:1".to_owned(), line.into_bytes(), &small).unwrap_err();
    assert_eq!(id, Some(Value::from("a")));
    assert_eq!(error.to_string(), "in:1: 101 bytes is above the limit of 100 bytes");
}

#[test]
fn missing_files_are_named() {
    let error = file(Path::new("no/such.txt"), &terms()).unwrap_err();
    assert_eq!(error.to_string(), "no/such.txt: no such file or folder");
    assert!(!error.hints().is_empty());
}

#[test]
fn lines_of_json() {
    let read =
        json_line("in:3".to_owned(), r#"{"id":"x","text":"Kim reist.","lang":"de","date":null}"#.into(), &terms())
            .unwrap();
    assert_eq!((read.name.as_str(), read.id.clone()), ("in:3", Some(Value::from("x"))));
    for (line, message) in [
        (r#"{"id":"x","text":"  "}"#, "in:3: is empty"),
        (r#"{"id":"x","text":"a","date":"2030"}"#, "in:3: publication date 2030 is in the future"),
        (r#"{"id":"x"}"#, "in:3: missing field `text`"),
        ("[1]", "in:3: "),
    ] {
        let (_, error) = json_line("in:3".to_owned(), line.into(), &terms()).unwrap_err();
        assert!(error.to_string().starts_with(message), "{line}: {error}");
    }
}
