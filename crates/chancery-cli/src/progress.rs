//! Progress of long work: a bar with rate and time left, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal;

/// A bar on standard error, invisible unless a person watches. Without a total it counts and tells the rate.
pub(crate) fn bar(total: Option<u64>) -> ProgressBar {
    let known = "{bar:30} {human_pos}/{human_len} texts  {per_sec}  {eta} left";
    let bar = drawn(total, known, "{spinner} {human_pos} texts  {per_sec}  {elapsed}");
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(250));
    }
    bar
}

/// The same for bytes.
pub(crate) fn bytes(total: Option<u64>) -> ProgressBar {
    let known = "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left";
    drawn(total, known, "{spinner} {bytes}  {bytes_per_sec}  {elapsed}")
}

fn drawn(total: Option<u64>, known: &str, unknown: &str) -> ProgressBar {
    if !terminal::watched() {
        return ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(if total.is_some() { known } else { unknown }) {
        bar.set_style(style);
    }
    bar
}
