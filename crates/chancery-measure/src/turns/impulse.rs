//! An impulse that fades: a level that jumps and comes back, over a grid of dates and shapes.

use rand::Rng;

use super::conjugate::Prior;
use super::line::{Cell, Line};
use super::recursion::{draw_log, log_sum};
use super::series::{Family, Series};

/// How an impulse goes: full height for `hold` periods, then times `fade` each period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Periods at full height, at least one.
    pub hold: usize,
    /// What is left after each further period: 0 is gone at once, below 1.
    pub fade: f64,
}

/// Less than this share of the height is nothing.
const GONE: f64 = 0.02;

impl Shape {
    /// One to three periods and gone, and fades with half lives of one and of two and a half periods.
    pub fn usual() -> Vec<Self> {
        [(1, 0.0), (2, 0.0), (3, 0.0), (1, 0.5), (2, 0.5), (1, 0.75)]
            .into_iter()
            .map(|(hold, fade)| Self { hold, fade })
            .collect()
    }

    /// Shares of the height by period since the date.
    fn profile(self) -> Vec<f64> {
        let fade = self.fade.clamp(0.0, 0.98);
        let tail = std::iter::successors(Some(fade), |x| Some(x * fade)).take_while(|x| *x > GONE);
        std::iter::repeat_n(1.0, self.hold.max(1)).chain(tail).collect()
    }
}

/// Posterior of date, shape, level and height.
#[derive(Debug, Clone)]
pub(super) struct Impulse {
    pub(super) log_marginal: f64,
    logs: Vec<f64>,
    parts: Vec<(usize, usize, Line)>,
    profiles: Vec<Vec<f64>>,
    periods: usize,
}

impl Impulse {
    /// Dates from the second period on, as far as half of the height is seen to be gone within the window: before that
    /// nothing tells an impulse from a step.
    pub(super) fn fit(series: &Series, prior: Prior, sd: f64, shapes: &[Shape]) -> Self {
        let periods = series.len();
        let profiles: Vec<Vec<f64>> = shapes.iter().map(|s| s.profile()).collect();
        let squares = |t: usize| if series.family == Family::Flows { series.value[t].powi(2) } else { 0.0 };
        let total =
            (0..periods).fold([0.0; 3], |s, t| [s[0] + series.value[t], s[1] + series.weight[t], s[2] + squares(t)]);
        let (mut logs, mut parts) = (Vec::new(), Vec::new());
        let mut cells = Vec::new();
        for (shape, profile) in profiles.iter().enumerate() {
            let gone = profile.iter().position(|x| *x <= 0.5).unwrap_or(profile.len());
            let dates = 1..periods.saturating_sub(gone);
            let each = -((dates.len() * shapes.len()) as f64).ln();
            for date in dates {
                cells.clear();
                let mut rest = total;
                for (x, t) in profile.iter().zip(date..periods).filter(|(_, t)| series.weight[*t] > 0.0) {
                    let (value, weight, square) = (series.value[t], series.weight[t], squares(t));
                    rest = [rest[0] - value, rest[1] - weight, rest[2] - square];
                    cells.push(Cell { value, weight, square, x: *x });
                }
                cells.push(Cell { value: rest[0], weight: rest[1], square: rest[2], x: 0.0 });
                let line = Line::fit(&cells, series.family, prior, sd);
                // β²/sd² times the normal prior: the marginal is the normal one's times the posterior mean of β²/sd².
                logs.push(line.log_marginal + (line.second_moment() / (sd * sd)).ln() + each);
                parts.push((date, shape, line));
            }
        }
        Self { log_marginal: log_sum(&logs), logs, parts, profiles, periods }
    }

    /// A draw of η at every period, and its weight: lines are drawn under the normal prior of the height.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> (Vec<f64>, f64) {
        let (date, shape, line) = &self.parts[draw_log(&self.logs, rng)];
        let [a, b] = line.draw(rng);
        let mut path = vec![a; self.periods];
        path[*date..].iter_mut().zip(&self.profiles[*shape]).for_each(|(eta, x)| *eta += b * x);
        (path, b * b / line.second_moment())
    }

    /// Posterior probability of each date; all zero where the window is too short for any.
    pub(super) fn dates(&self) -> Vec<f64> {
        let mut dates = vec![0.0; self.periods];
        for (log, (date, ..)) in self.logs.iter().zip(&self.parts) {
            dates[*date] += (log - self.log_marginal).exp();
        }
        dates
    }
}
