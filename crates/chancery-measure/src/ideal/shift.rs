//! Moves along the directions that votes do not see: all points and cut-points shifted together, all points stretched and
//! all discriminations shrunk. Only the priors pin these down, so a plain Gibbs sampler crawls along them; a draw over the
//! whole group (Liu and Sabatti 2000, Biometrika 87) costs one pass over the parameters and leaves the posterior as it is.

use rand::Rng;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;

use super::chunk::Chunk;
use super::exact::{Prior, Variance};
use super::walk::{Walk, step_sums};

/// θ + c and γ + βc: the posterior of c is normal.
pub(super) fn shift(prior: &Prior, walks: &[Walk<'_>], theta: &mut [f64], chunks: &mut [Chunk], rng: &mut Pcg64) {
    let (_, _, _, first_sum) = step_sums(walks, theta);
    let mut precision = walks.len() as f64 / prior.first_variance;
    let mut linear = -first_sum / prior.first_variance;
    for chunk in &*chunks {
        for (beta, cuts) in chunk.beta.iter().zip(&chunk.cuts) {
            precision += 2.0 * beta * beta / prior.cut_variance;
            linear -= beta * (cuts[0] + cuts[1]) / prior.cut_variance;
        }
    }
    let noise: f64 = rng.sample(StandardNormal);
    let c = linear / precision + noise / precision.sqrt();
    for t in theta.iter_mut() {
        *t += c;
    }
    for chunk in chunks {
        for (beta, cuts) in chunk.beta.iter().zip(&mut chunk.cuts) {
            *cuts = [cuts[0] + beta * c, cuts[1] + beta * c];
        }
    }
}

/// rθ and β/r, and r² times the variance of a step where it is a parameter: a Metropolis step in log r of fixed width.
pub(super) fn stretch(
    prior: &Prior,
    step_variance: &mut f64,
    walks: &[Walk<'_>],
    theta: &mut [f64],
    chunks: &mut [Chunk],
    rng: &mut Pcg64,
) {
    let (squares, _, first_squares, _) = step_sums(walks, theta);
    let beta_squares: f64 = chunks.iter().flat_map(|c| &c.beta).map(|b| b * b).sum::<f64>() / prior.beta_variance;
    let items = chunks.iter().map(|c| c.beta.len()).sum::<usize>() as f64;
    // log target = power · log r − up · r²/2 − down · r⁻²/2.
    let (power, up, down, free) = match prior.step {
        Variance::Fixed(_) => {
            let n = theta.len() as f64;
            (n - items, first_squares / prior.first_variance + squares / *step_variance, beta_squares, n)
        }
        Variance::InverseGamma { shape, scale } => {
            let n = walks.len() as f64;
            let down = beta_squares + 2.0 * scale / *step_variance;
            (n - items - 2.0 * shape, first_squares / prior.first_variance, down, n + 2.0 * shape)
        }
    };
    let width = 2.4 / (2.0 * (free + items)).sqrt();
    let noise: f64 = rng.sample(StandardNormal);
    let r = libm::exp(width * noise);
    let target = power * width * noise - 0.5 * up * (r * r - 1.0) - 0.5 * down * (1.0 / (r * r) - 1.0);
    if libm::log(rng.random::<f64>()) < target {
        for t in theta.iter_mut() {
            *t *= r;
        }
        chunks.iter_mut().flat_map(|c| &mut c.beta).for_each(|b| *b /= r);
        if matches!(prior.step, Variance::InverseGamma { .. }) {
            *step_variance *= r * r;
        }
    }
}
