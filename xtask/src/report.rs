//! What is written down: marked sections of pages, with the day, the state of the code and the machine.

use std::path::Path;
use std::process::Command;

use crate::error::TaskError;
use crate::places::{read, root, write};

/// Replaces what stands between a task's marks in a page of `bench/`, or adds it at the end.
pub(crate) fn rewrite(page: &str, task: &str, title: &str, text: &str) -> Result<(), TaskError> {
    let path = root().join("bench").join(page);
    let before = if path.exists() { read(&path)? } else { format!("# {title}\n") };
    write(&path, &spliced(&before, task, text))?;
    eprintln!("written: bench/{page}");
    Ok(())
}

fn spliced(page: &str, task: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- cargo xtask {task}: begin -->"), format!("<!-- cargo xtask {task}: end -->"));
    let section = format!("{begin}\n\n{}\n\n{end}", text.trim());
    let held = page.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match held {
        Some((before, after)) => format!("{before}{section}{after}"),
        None => format!("{}\n\n{section}\n", page.trim_end()),
    }
}

/// The day and the state of the code, as a sentence.
pub(crate) fn stamp() -> String {
    let day = jiff::Timestamp::now().to_string();
    let day = day.split('T').next().unwrap_or_default();
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", "crates", "data"]).unwrap_or_default();
    let state = if changed.is_empty() { "" } else { ", with changes that are not committed" };
    format!("Measured on {day} at commit `{commit}`{state}.")
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(root()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Processor, cores, memory, system and how busy it was, as far as the system tells.
pub(crate) fn machine() -> String {
    let proc = |file: &str| read(&Path::new("/proc").join(file)).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|l| l.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = field(&proc("cpuinfo"), "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = field(&proc("meminfo"), "MemTotal")
        .and_then(|m| m.split(' ').next()?.parse::<u64>().ok())
        .map_or_else(String::new, |kib| format!(", {} GiB memory", (kib + 512 * 1024) / 1024 / 1024));
    let load = proc("loadavg");
    let load = load.split(' ').next().unwrap_or("unknown");
    format!(
        "{cores} cores of {processor}{memory}, {} {}; load average {load}.",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

#[cfg(test)]
mod tests {
    use super::spliced;

    #[test]
    fn a_section_is_replaced_and_the_rest_stays() {
        let page = spliced("# Page\n\nBy hand.\n", "score", "one");
        assert!(page.starts_with("# Page\n\nBy hand.\n\n<!-- cargo xtask score: begin -->\n\none\n"), "{page}");
        let page = spliced(&format!("{page}\nAfter.\n"), "score", "two\n");
        assert!(page.contains("By hand.") && page.contains("\ntwo\n") && !page.contains("one"), "{page}");
        assert!(page.ends_with("\nAfter.\n"), "{page}");
    }
}
