//! Votes drawn from the model itself: a known truth for tests, calibration and power.

use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal};
use rand_pcg::Pcg64;

use super::exact::{Prior, Variance};
use super::input::{Panel, Row};
use super::published::standardise;
use super::start::{Anchors, sign};
use crate::MeasureError;

/// Size of a simulated assembly: every state votes on every item of every session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// States; their names are their numbers from 1.
    pub states: u32,
    /// Sessions, from 1.
    pub sessions: u16,
    /// Items in each session.
    pub items: u32,
    /// This many items of each session return in the next one.
    pub returning: u32,
}

/// The parameters behind simulated votes.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Ideal points, in the order of [`Panel::points`], as drawn from the prior.
    pub theta: Vec<f64>,
    /// Discrimination by item.
    pub beta: Vec<f64>,
    /// Cut-points by item.
    pub cuts: Vec<[f64; 2]>,
    /// Variance of a step.
    pub step_variance: f64,
}

impl Truth {
    /// Points and variance of a step on the scale of the draws: mean 0, standard deviation 1, mirrored as the anchors say.
    pub fn standard(&self, panel: &Panel, anchors: &Anchors) -> Result<(Vec<f64>, f64), MeasureError> {
        let anchors = anchors.find(panel)?;
        let mut theta = self.theta.clone();
        let (_, sd) = standardise(&mut theta);
        let sign = sign(&anchors, &theta);
        for t in &mut theta {
            *t *= sign;
        }
        Ok((theta, self.step_variance / (sd * sd)))
    }
}

/// Parameters from the prior and votes from the parameters.
pub fn simulate(size: &Size, prior: &Prior, seed: u64) -> Result<(Panel, Truth), MeasureError> {
    prior.check()?;
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut normal = |variance: f64| variance.sqrt() * rng.sample::<f64, _>(StandardNormal);
    let (states, sessions) = (size.states as usize, size.sessions as usize);
    let items = sessions * size.items as usize;
    let beta: Vec<f64> = (0..items).map(|_| normal(prior.beta_variance)).collect();
    let cuts: Vec<[f64; 2]> = (0..items)
        .map(|_| {
            let (a, b) = (normal(prior.cut_variance), normal(prior.cut_variance));
            [a.min(b), a.max(b)]
        })
        .collect();
    let noise: Vec<f64> = (0..states * sessions).map(|_| normal(1.0)).collect();
    let step_variance = match prior.step {
        Variance::Fixed(v) => v,
        Variance::InverseGamma { shape, scale } => {
            let gamma = Gamma::new(shape, 1.0 / scale).map_err(|e| MeasureError::Parameter {
                name: "prior",
                value: e.to_string(),
                expected: "shape and scale are positive",
            })?;
            1.0 / gamma.sample(&mut rng)
        }
    };
    let mut theta = vec![0.0; states * sessions];
    for p in 0..theta.len() {
        theta[p] = match p.checked_sub(states) {
            None => prior.first_variance.sqrt() * noise[p],
            Some(before) => theta[before] + step_variance.sqrt() * noise[p],
        };
    }
    let mut rows = Vec::new();
    for session in 0..sessions {
        let first = session * size.items as usize;
        let returning = if session == 0 { 0 } else { size.returning.min(size.items) as usize };
        for item in first - returning..first + size.items as usize {
            for state in 0..states {
                let utility = beta[item] * theta[session * states + state] + rng.sample::<f64, _>(StandardNormal);
                let level = 1 + u8::from(utility > cuts[item][0]) + u8::from(utility > cuts[item][1]);
                rows.push(Row { item: item as u32, level, session: session as u16 + 1, state: state as u32 });
            }
        }
    }
    let names = (1..=size.states).map(|s| s.to_string()).collect();
    Ok((Panel::new(names, rows)?, Truth { theta, beta, cuts, step_variance }))
}
