//! How fast texts become claims.

use super::{Bench, Floor, Measure, megabytes, milliseconds};
use crate::error::TaskError;
use crate::places;

/// A sentence of each language, for the time from start to exit.
const SENTENCES: [(&str, &str); 2] = [
    ("de", "Der norwegische Außenminister traf am Montag in Riga seinen lettischen Kollegen.\n"),
    ("en", "The Norwegian foreign minister met his Latvian counterpart in Riga on Monday.\n"),
];

/// Words a second and core on the whole corpus, and the memory for it.
pub(super) fn corpus(bench: &Bench<'_>) -> Result<Vec<Measure>, TaskError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    let mut out = Vec::new();
    let mut peaks = Vec::new();
    for lang in ["de", "en"] {
        let path = places::shared(&format!("corpus/news-{lang}.jsonl"))?;
        let words: usize = places::texts(lang)?.iter().map(|t| t.split_whitespace().count()).sum();
        let words = words as f64;
        let costs = Bench::repeated(bench.runs, &[0], || {
            let mut command = bench.chancery(&["code", "--jsonl"]);
            command.arg(&path);
            command
        })?;
        let busy = costs.iter().filter_map(|c| c.cpu).map(|cpu| words / cpu.as_secs_f64());
        let name = format!("`code --jsonl`, {lang}, {words:.0} words: a second of processor time");
        out.push(Measure::of(name, "words", Floor::AtLeast(15_000.0), busy));
        let name = format!("the same, a second on the clock and core ({cores:.0} cores)");
        out.push(Measure::of(name, "words", Floor::None, costs.iter().map(|c| words / c.wall.as_secs_f64() / cores)));
        peaks.extend(megabytes(&costs));
    }
    out.push(Measure::of("`code --jsonl`, peak memory", "MB", Floor::AtMost(400.0), peaks));
    Ok(out)
}

/// One sentence from start to exit.
pub(super) fn sentence(bench: &Bench<'_>) -> Result<Vec<Measure>, TaskError> {
    let mut out = Vec::new();
    for (lang, sentence) in SENTENCES {
        let file = bench.folder.join(format!("sentence-{lang}.txt"));
        places::write(&file, sentence)?;
        for given in [true, false] {
            let costs = Bench::repeated(bench.moments(), &[0], || {
                let mut command = bench.chancery(&["code", "--json", "--date", "2024-03-05"]);
                if given {
                    command.args(["--lang", lang]);
                }
                command.arg(&file);
                command
            })?;
            let name = format!("`code` of one sentence, {lang}{}", if given { "" } else { ", language not given" });
            out.push(Measure::of(name, "ms", Floor::AtMost(150.0), costs.iter().map(milliseconds)));
        }
    }
    Ok(out)
}
