//! Random walks with what the votes say about each of their points: forward filter, backward draw and smoother (Carter and
//! Kohn 1994, Biometrika 81; Rauch, Tung and Striebel 1965).

use rand::Rng;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::chunk::stream_of;
use super::input::Panel;

/// Variances of a walk: of its first point (mean 0), and of a step over one session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    pub(super) first: f64,
    pub(super) step: f64,
}

/// The walk of one state with its random stream.
pub(super) struct Walk<'a> {
    points: &'a [u32],
    /// Sessions since the point before; unused for the first.
    gaps: Vec<f64>,
    /// Filtered mean and variance.
    filtered: Vec<(f64, f64)>,
    drawn: Vec<f64>,
    rng: Pcg64,
}

/// All walks of a panel. Streams are counted down from the end, those of chunks up from 0.
pub(super) fn walks(panel: &Panel, seed: u64, chain: u64) -> Vec<Walk<'_>> {
    panel
        .walks()
        .iter()
        .zip(0_u64..)
        .map(|(points, i)| {
            let session = |t: usize| f64::from(panel.points()[points[t] as usize].session);
            let gaps = (0..points.len()).map(|t| if t == 0 { 0.0 } else { session(t) - session(t - 1) }).collect();
            let n = points.len();
            let rng = stream_of(seed, chain, u64::MAX - 1 - i);
            Walk { points, gaps, filtered: vec![(0.0, 0.0); n], drawn: vec![0.0; n], rng }
        })
        .collect()
}

/// Draws every walk given pull Σ β·utility and weight Σ β² of its points.
pub(super) fn draw_walks(walks: &mut [Walk<'_>], steps: Steps, pull: &[f64], weight: &[f64], theta: &mut [f64]) {
    walks.par_iter_mut().with_min_len(16).for_each(|walk| {
        walk.filter(steps, pull, weight);
        walk.draw(steps);
    });
    for walk in walks {
        walk.points.iter().zip(&walk.drawn).for_each(|(&p, &t)| theta[p as usize] = t);
    }
}

/// Posterior mean and variance of every point.
pub(super) fn smooth_walks(
    walks: &mut [Walk<'_>],
    steps: Steps,
    pull: &[f64],
    weight: &[f64],
    theta: &mut [f64],
    variance: &mut [f64],
) {
    for walk in walks {
        walk.filter(steps, pull, weight);
        let mut after = None;
        for (t, &p) in walk.points.iter().enumerate().rev() {
            let (m, v) = walk.filtered[t];
            let (mean, var) = match after {
                None => (m, v),
                Some((next_mean, next_var)) => {
                    let ahead = v + steps.step * walk.gaps[t + 1];
                    let gain = v / ahead;
                    (m + gain * (next_mean - m), v + gain * gain * (next_var - ahead))
                }
            };
            (theta[p as usize], variance[p as usize]) = (mean, var);
            after = Some((mean, var));
        }
    }
}

/// Σ of squared steps over their length in sessions, how many steps, Σ of squared first points, and Σ of first points.
pub(super) fn step_sums(walks: &[Walk<'_>], theta: &[f64]) -> (f64, f64, f64, f64) {
    let (mut squares, mut count, mut first_squares, mut first_sum) = (0.0, 0.0, 0.0, 0.0);
    for walk in walks {
        for (t, &p) in walk.points.iter().enumerate() {
            let here = theta[p as usize];
            if t == 0 {
                first_squares += here * here;
                first_sum += here;
            } else {
                let step = here - theta[walk.points[t - 1] as usize];
                squares += step * step / walk.gaps[t];
                count += 1.0;
            }
        }
    }
    (squares, count, first_squares, first_sum)
}

impl Walk<'_> {
    fn filter(&mut self, steps: Steps, pull: &[f64], weight: &[f64]) {
        let (mut mean, mut variance) = (0.0, steps.first);
        for (t, &p) in self.points.iter().enumerate() {
            if t > 0 {
                variance += steps.step * self.gaps[t];
            }
            let updated = 1.0 / (1.0 / variance + weight[p as usize]);
            mean = updated * (mean / variance + pull[p as usize]);
            variance = updated;
            self.filtered[t] = (mean, variance);
        }
    }

    fn draw(&mut self, steps: Steps) {
        let mut next = None;
        for t in (0..self.points.len()).rev() {
            let (m, v) = self.filtered[t];
            let (mean, variance) = match next {
                None => (m, v),
                Some(after) => {
                    let step = steps.step * self.gaps[t + 1];
                    let variance = 1.0 / (1.0 / v + 1.0 / step);
                    (variance * (m / v + after / step), variance)
                }
            };
            let noise: f64 = self.rng.sample(StandardNormal);
            self.drawn[t] = mean + variance.sqrt() * noise;
            next = Some(self.drawn[t]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ideal::Row;

    /// One state, sessions 1, 2, 4: smoother and draws against the posterior by inverting the 3 × 3 precision by hand.
    #[test]
    fn smoother_and_draws_have_the_posterior_of_the_walk() {
        let rows = [1, 2, 4].map(|session| Row { item: u32::from(session), level: 1, session, state: 0 });
        let panel = Panel::new(vec!["A".into()], rows.to_vec()).unwrap();
        let steps = Steps { first: 2.0, step: 0.5 };
        let (pull, weight) = ([1.0, 0.0, -2.0], [1.0, 0.5, 3.0]);
        // Precision: first 1/2, steps 1/0.5 and 1/(2·0.5).
        let q = [[0.5 + 2.0 + 1.0, -2.0, 0.0], [-2.0, 2.0 + 1.0 + 0.5, -1.0], [0.0, -1.0, 1.0 + 3.0]];
        let minor = |a: usize, b: usize, c: usize, d: usize| q[a][c] * q[b][d] - q[a][d] * q[b][c];
        let determinant = q[0][0] * minor(1, 2, 1, 2) - q[0][1] * minor(1, 2, 0, 2);
        let inverse = [
            [minor(1, 2, 1, 2), 2.0 * 4.0, 2.0 * 1.0],
            [2.0 * 4.0, q[0][0] * 4.0, q[0][0]],
            [2.0, q[0][0], minor(0, 1, 0, 1)],
        ]
        .map(|row| row.map(|x| x / determinant));
        let expected: Vec<f64> = inverse.iter().map(|row| row[0] * pull[0] + row[2] * pull[2]).collect();
        let (mut theta, mut variance) = ([0.0; 3], [0.0; 3]);
        let mut all = walks(&panel, 1, 0);
        smooth_walks(&mut all, steps, &pull, &weight, &mut theta, &mut variance);
        for t in 0..3 {
            assert!((theta[t] - expected[t]).abs() < 1e-12 && (variance[t] - inverse[t][t]).abs() < 1e-12);
        }
        let n = 20_000;
        let (mut sums, mut product) = ([0.0; 3], 0.0);
        for _ in 0..n {
            draw_walks(&mut all, steps, &pull, &weight, &mut theta);
            for t in 0..3 {
                sums[t] += theta[t] / f64::from(n);
            }
            product += (theta[0] - expected[0]) * (theta[2] - expected[2]) / f64::from(n);
        }
        for t in 0..3 {
            assert!((sums[t] - expected[t]).abs() < 4.0 * (inverse[t][t] / f64::from(n)).sqrt());
        }
        assert!((product - inverse[0][2]).abs() < 0.015, "{product} {}", inverse[0][2]);
    }
}
