//! Whether chains agree: rank-normalised split R-hat and effective sample size (Vehtari, Gelman, Simpson, Carpenter and
//! Bürkner 2021, Bayesian Analysis 16).

use super::normal::normal_quantile;

/// Rank-normalised split R-hat, the greater of the bulk and the folded (tail) value.
///
/// Chains are cut to the length of the shortest. `None` below four draws a chain; 1 where no draw differs.
pub fn rank_r_hat(chains: &[Vec<f64>]) -> Option<f64> {
    let halves = split(chains)?;
    let mut all: Vec<f64> = halves.iter().flatten().copied().collect();
    all.sort_unstable_by(f64::total_cmp);
    let median = 0.5 * (all[(all.len() - 1) / 2] + all[all.len() / 2]);
    let folded: Vec<Vec<f64>> = halves.iter().map(|h| h.iter().map(|x| (x - median).abs()).collect()).collect();
    Some(r_hat(&normal_scores(&halves)).max(r_hat(&normal_scores(&folded))))
}

/// Effective sample size of the bulk: rank-normalised split chains, Geyer's initial monotone sequence.
///
/// `None` below four draws a chain; never above n·log10(n).
pub fn effective_size(chains: &[Vec<f64>]) -> Option<f64> {
    let scores = normal_scores(&split(chains)?);
    let (m, n) = (scores.len() as f64, scores[0].len());
    let total = m * n as f64;
    let (within, pooled) = variances(&scores);
    if pooled <= 0.0 {
        return Some(total);
    }
    let means: Vec<f64> = scores.iter().map(|c| mean(c)).collect();
    let correlation = |lag: usize| {
        let covariance: f64 = scores
            .iter()
            .zip(&means)
            .map(|(c, mu)| c.iter().zip(&c[lag..]).map(|(a, b)| (a - mu) * (b - mu)).sum::<f64>() / (n - 1) as f64)
            .sum();
        1.0 - (within - covariance / m) / pooled
    };
    let (mut sum, mut least, mut lag) = (0.0, f64::INFINITY, 0);
    while lag + 1 < n {
        let pair = if lag == 0 { 1.0 + correlation(1) } else { correlation(lag) + correlation(lag + 1) };
        if pair < 0.0 {
            break;
        }
        least = least.min(pair);
        sum += least;
        lag += 2;
    }
    let tau = (2.0 * sum - 1.0).max(1.0 / libm::log10(total));
    Some(total / tau)
}

/// First and second half of every chain.
fn split(chains: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let half = chains.iter().map(Vec::len).min()? / 2;
    if half < 2 {
        return None;
    }
    Some(chains.iter().flat_map(|c| [c[..half].to_vec(), c[c.len() - half..].to_vec()]).collect())
}

/// Ranks over all chains (ties share their mean) as normal scores with Blom's offset.
fn normal_scores(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (rows, columns) = (chains.len(), chains[0].len());
    let mut order: Vec<(f64, usize)> = chains.iter().flatten().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let size = order.len() as f64;
    let mut scores = vec![vec![0.0; columns]; rows];
    let mut from = 0;
    while from < order.len() {
        let to = from + order[from..].iter().take_while(|o| o.0 <= order[from].0).count();
        let rank = 0.5 * (from + 1 + to) as f64;
        let score = normal_quantile((rank - 0.375) / (size + 0.25));
        for &(_, at) in &order[from..to] {
            scores[at / columns][at % columns] = score;
        }
        from = to;
    }
    scores
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Mean variance within chains, and the pooled estimate.
fn variances(chains: &[Vec<f64>]) -> (f64, f64) {
    let (m, n) = (chains.len() as f64, chains[0].len() as f64);
    let means: Vec<f64> = chains.iter().map(|c| mean(c)).collect();
    let centre = mean(&means);
    let spread = |c: &[f64], mu: f64| c.iter().map(|x| (x - mu) * (x - mu)).sum::<f64>() / (n - 1.0);
    let within = chains.iter().zip(&means).map(|(c, &mu)| spread(c, mu)).sum::<f64>() / m;
    let between = means.iter().map(|mu| (mu - centre) * (mu - centre)).sum::<f64>() / (m - 1.0);
    (within, within * (n - 1.0) / n + between)
}

fn r_hat(chains: &[Vec<f64>]) -> f64 {
    let (within, pooled) = variances(chains);
    if within > 0.0 { (pooled / within).sqrt() } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_distr::StandardNormal;
    use rand_pcg::Pcg64;

    use super::*;

    /// Autoregressive chains with correlation `rho` and means `shift` apart.
    fn chains(rho: f64, shift: f64, n: usize) -> Vec<Vec<f64>> {
        let mut rng = Pcg64::seed_from_u64(3);
        let chain = |c: usize, rng: &mut Pcg64| {
            let mut x: f64 = rng.sample(StandardNormal);
            let step = |_| {
                let noise: f64 = rng.sample(StandardNormal);
                x = rho * x + (1.0 - rho * rho).sqrt() * noise;
                x + shift * c as f64
            };
            (0..n).map(step).collect()
        };
        (0..4).map(|c| chain(c, &mut rng)).collect()
    }

    #[test]
    fn independent_chains_agree_and_shifted_ones_do_not() {
        assert!(rank_r_hat(&chains(0.0, 0.0, 1000)).unwrap() < 1.01);
        assert!(rank_r_hat(&chains(0.0, 1.0, 1000)).unwrap() > 1.2);
        let scaled: Vec<Vec<f64>> = chains(0.0, 0.0, 1000)
            .into_iter()
            .enumerate()
            .map(|(i, c)| c.iter().map(|x| x * (1 + 4 * (i / 3)) as f64).collect())
            .collect();
        assert!(rank_r_hat(&scaled).unwrap() > 1.05, "the folded ranks see a chain that spreads wider");
        assert_eq!(rank_r_hat(&[vec![1.0, 2.0, 3.0]]), None);
        assert_eq!(rank_r_hat(&[vec![1.0; 8], vec![1.0; 8]]), Some(1.0));
    }

    /// An AR(1) chain of n draws is worth n (1 − ρ)/(1 + ρ) independent ones.
    #[test]
    fn effective_size_of_autoregressive_chains() {
        for (rho, n) in [(0.0, 2000), (0.5, 4000), (0.9, 20_000)] {
            let size = effective_size(&chains(rho, 0.0, n)).unwrap();
            let expected = 4.0 * n as f64 * (1.0 - rho) / (1.0 + rho);
            assert!((size / expected - 1.0).abs() < 0.2, "{rho}: {size} against {expected}");
        }
    }
}
