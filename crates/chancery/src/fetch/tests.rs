//! A server on this machine that breaks off, changes its file, knows no ranges, or lies.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use super::{Http, fetch};
use crate::error::Error;
use crate::fetch::Fetch;

/// What the server does.
#[derive(Debug, Clone)]
struct Behaviour {
    file: Vec<u8>,
    tag: &'static str,
    ranges: bool,
    /// Bytes of the body after which the connection ends.
    breaks: Option<usize>,
    status: u16,
}

fn plain() -> Behaviour {
    let file = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    Behaviour { file, tag: "\"v1\"", ranges: true, breaks: None, status: 200 }
}

/// What the server and the test both see.
type Shared<T> = Arc<Mutex<T>>;

/// Serves until the test ends; gives its address, what it does (changeable), and the ranges that were asked for.
fn serve(behaviour: Behaviour) -> (String, Shared<Behaviour>, Shared<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/un-votes.csv", listener.local_addr().unwrap());
    let (behaviour, asked) = (Arc::new(Mutex::new(behaviour)), Arc::new(Mutex::new(Vec::new())));
    let (now, heard) = (behaviour.clone(), asked.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let behaviour = now.lock().unwrap().clone();
            answer(stream, &behaviour, &heard);
        }
    });
    (url, behaviour, asked)
}

fn answer(mut stream: TcpStream, behaviour: &Behaviour, heard: &Mutex<Vec<String>>) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let field = |name: &str| {
        let found = head.iter().find_map(|line| line.split_once(": ").filter(|(k, _)| k.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value.to_owned())
    };
    let range = field("range").filter(|_| behaviour.ranges);
    let same = field("if-range").is_none_or(|tag| tag == behaviour.tag);
    heard.lock().unwrap().push(field("range").unwrap_or_default());
    let from = range.filter(|_| same).and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let (status, body) = match from {
        Some(from) if from >= behaviour.file.len() => (416, &[][..]),
        Some(from) => (206, &behaviour.file[from..]),
        None => (behaviour.status, &behaviour.file[..]),
    };
    let head_only = head.first().is_some_and(|line| line.starts_with("HEAD"));
    let answer = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nETag: {}\r\nConnection: close\r\n\r\n",
        body.len(),
        behaviour.tag
    );
    let _ = stream.write_all(answer.as_bytes());
    if !head_only {
        let _ = stream.write_all(&body[..behaviour.breaks.unwrap_or(body.len()).min(body.len())]);
    }
}

fn on(_: u64, _: Option<u64>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn a_file_is_offered_and_fetched() {
    let dir = tempfile::tempdir().unwrap();
    let (url, ..) = serve(plain());
    let offer = Http::default().offer(&url).unwrap();
    assert_eq!(offer.size, Some(800_000));
    assert!(offer.host.starts_with("127.0.0.1:"), "{}", offer.host);
    let path = dir.path().join("un-votes.csv");
    let fetched = fetch(&Http::default(), &url, &path, None, on).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), plain().file);
    assert_eq!((fetched.bytes, fetched.resumed), (800_000, 0));
    assert_eq!(fetched.sha256, chancery_model::sha256_hex(&plain().file));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else lies about");
}

#[test]
fn what_broke_off_is_resumed() {
    let dir = tempfile::tempdir().unwrap();
    let (url, behaviour, asked) = serve(Behaviour { breaks: Some(300_000), ..plain() });
    let path = dir.path().join("un-votes.csv");
    let error = fetch(&Http::default(), &url, &path, None, on).unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. }), "{error}");
    assert!(!path.exists(), "half a file has no name");
    behaviour.lock().unwrap().breaks = None;
    let fetched = fetch(&Http::default(), &url, &path, None, on).unwrap();
    assert!(fetched.resumed > 0 && fetched.resumed <= 300_000, "{}", fetched.resumed);
    assert_eq!(std::fs::read(&path).unwrap(), plain().file);
    assert_eq!(asked.lock().unwrap().last().unwrap(), &format!("bytes={}-", fetched.resumed));
}

#[test]
fn a_person_may_stop_and_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let (url, ..) = serve(plain());
    let path = dir.path().join("un-votes.csv");
    let stop =
        |done, total| if done > 400_000 && total == Some(800_000) { ControlFlow::Break(()) } else { on(0, None) };
    assert!(matches!(fetch(&Http::default(), &url, &path, None, stop), Err(Error::Interrupted { .. })));
    assert!(fetch(&Http::default(), &url, &path, None, on).unwrap().resumed > 400_000);
    assert_eq!(std::fs::read(&path).unwrap(), plain().file);
}

#[test]
fn another_version_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (url, behaviour, _) = serve(Behaviour { breaks: Some(300_000), ..plain() });
    let path = dir.path().join("un-votes.csv");
    fetch(&Http::default(), &url, &path, None, on).unwrap_err();
    let new: Vec<u8> = plain().file.iter().map(|b| b ^ 1).collect();
    *behaviour.lock().unwrap() = Behaviour { file: new.clone(), tag: "\"v2\"", ..plain() };
    assert_eq!(fetch(&Http::default(), &url, &path, None, on).unwrap().resumed, 0);
    assert_eq!(std::fs::read(&path).unwrap(), new, "the two are not mixed");
}

#[test]
fn a_server_without_ranges_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (url, behaviour, _) = serve(Behaviour { breaks: Some(300_000), ranges: false, ..plain() });
    let path = dir.path().join("un-votes.csv");
    fetch(&Http::default(), &url, &path, None, on).unwrap_err();
    behaviour.lock().unwrap().breaks = None;
    assert_eq!(fetch(&Http::default(), &url, &path, None, on).unwrap().resumed, 0);
    assert_eq!(std::fs::read(&path).unwrap(), plain().file);
}

#[test]
fn a_file_of_another_hash_is_refused_and_gone() {
    let dir = tempfile::tempdir().unwrap();
    let (url, ..) = serve(plain());
    let path = dir.path().join("un-votes.csv");
    let error = fetch(&Http::default(), &url, &path, Some(&"0".repeat(64)), on).unwrap_err();
    assert!(matches!(error, Error::WrongHash { .. }), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn refusals_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let (url, ..) = serve(Behaviour { status: 404, ..plain() });
    let error = fetch(&Http::default(), &url, &dir.path().join("x"), None, on).unwrap_err().to_string();
    assert!(error.contains("404") && error.contains(&url), "{error}");
    let nobody = "http://127.0.0.1:1/x";
    assert!(matches!(Http::default().offer(nobody), Err(Error::Unreachable { .. })));
}
