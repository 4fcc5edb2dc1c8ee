//! What a process costs: time from start to exit, processor time, peak memory.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::TaskError;

/// How often a running process is looked at: the error of `wall`.
const LOOK: Duration = Duration::from_micros(500);
/// Linux counts processor time in hundredths of a second for every program.
const TICKS: u64 = 100;

/// What a process cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// From start to exit.
    pub(crate) wall: Duration,
    /// Processor time in user and system, where the system tells it.
    pub(crate) cpu: Option<Duration>,
    /// The most memory that it held, in bytes, where the system tells it.
    pub(crate) peak: Option<u64>,
}

/// Runs a process without output and measures it; `good` are the exit codes that are no failure.
pub(crate) fn cost(command: &mut Command, good: &[i32]) -> Result<Cost, TaskError> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |what: String| TaskError::program(&name, what);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().map_err(|e| failed(e.to_string()))?;
    let mut cost = watch(&mut child, started);
    let status = child.wait().map_err(|e| failed(e.to_string()))?;
    if cost.wall.is_zero() {
        cost.wall = started.elapsed();
    }
    match status.code() {
        Some(code) if good.contains(&code) => Ok(cost),
        _ => Err(failed(format!("ended with {status}: {}", shown(command)))),
    }
}

/// Looks at a process until it has ended but is not yet waited for: then its times are final and still there.
fn watch(child: &mut Child, started: Instant) -> Cost {
    let mut cost = Cost::default();
    let folder = format!("/proc/{}", child.id());
    loop {
        let Ok(stat) = std::fs::read_to_string(format!("{folder}/stat")) else { return cost };
        // The second field is the name in brackets, which may hold spaces.
        let fields: Vec<&str> = stat.rsplit_once(')').map_or(Vec::new(), |(_, rest)| rest.split_whitespace().collect());
        if matches!(fields.first(), Some(&"Z" | &"X") | None) {
            cost.wall = started.elapsed();
            let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<u64>().ok());
            cost.cpu =
                ticks(11).zip(ticks(12)).map(|(user, system)| Duration::from_millis((user + system) * 1000 / TICKS));
            return cost;
        }
        cost.peak = cost.peak.max(peak(&folder));
        std::thread::sleep(LOOK);
    }
}

fn peak(folder: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("{folder}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// Processor time of the calling thread, where the system tells it.
pub(crate) fn thread_time() -> Result<Duration, TaskError> {
    let path = Path::new("/proc/thread-self/schedstat");
    let text = std::fs::read_to_string(path).map_err(|e| TaskError::file(path, e))?;
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse().ok());
    nanoseconds.map(Duration::from_nanos).ok_or_else(|| TaskError::input(path.display().to_string(), "no time in it"))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The least, the middle and the greatest of several runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) min: f64,
    pub(crate) median: f64,
    pub(crate) max: f64,
}

impl Spread {
    /// Of values of which there is at least one; of none, zeros.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let at = |i: usize| values.get(i).copied().unwrap_or_default();
        let n = values.len();
        let median =
            if n.is_multiple_of(2) { f64::midpoint(at(n / 2), at((n / 2).saturating_sub(1))) } else { at(n / 2) };
        Self { min: at(0), median, max: at(n.saturating_sub(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_several_runs() {
        assert_eq!(Spread::of([3.0, 1.0, 2.0]), Spread { min: 1.0, median: 2.0, max: 3.0 });
        assert_eq!(Spread::of([4.0, 1.0]), Spread { min: 1.0, median: 2.5, max: 4.0 });
        assert!(Spread::of([]).median.abs() < f64::EPSILON);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_is_measured_and_its_failure_told() {
        let slept = cost(Command::new("sleep").arg("0.05"), &[0]).unwrap();
        assert!(slept.wall >= Duration::from_millis(50) && slept.wall < Duration::from_secs(5), "{slept:?}");
        assert!(slept.peak.is_some_and(|p| p > 100_000) && slept.cpu.is_some(), "{slept:?}");
        let error = cost(Command::new("false").arg("x"), &[0]).unwrap_err().to_string();
        assert!(error.contains("false x"), "{error}");
    }
}
