"""One core: the published ideal-point sampler, each sweep vectorised in numpy (distribution function and quantiles from
scipy), on the input of the Rust example.

    OMP_NUM_THREADS=1 python bench/measures/ideal.py BALLOTS.csv SWEEPS

BALLOTS.csv: item,level,session,state. Reading and sorting are not counted. See bench/ideal-points.md.
"""

import sys
import time

import numpy as np
from scipy.special import ndtr, ndtri

ballots, sweeps = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.int64), int(sys.argv[2])
ballots = ballots[np.argsort(ballots[:, 0], kind="stable")]
item = np.unique(ballots[:, 0], return_inverse=True)[1]
key = ballots[:, 2] * 10_000 + ballots[:, 3]
keys, point, count = np.unique(key, return_inverse=True, return_counts=True)
level, n, m = ballots[:, 1], len(keys), item[-1] + 1
starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]])
yes, abstain, no = (level == k for k in (1, 2, 3))

# The neighbouring session whose conditional mean centres a point's prior, and the prior precision.
session, state = keys // 10_000, keys % 10_000
order = np.lexsort((session, state))
lag = np.full(n, -1)
for a, b in zip(order[:-1], order[1:]):
    if state[a] == state[b]:
        lag[b] = a
        if lag[a] < 0:
            lag[a] = b
precision = np.where(lag >= 0, (count + count[lag]) / count, 1.0) / 0.5

rng = np.random.default_rng(1)
step = 0.2 / 3
size = np.bincount(item)
shares = [np.bincount(item, f) / size for f in (yes, abstain)]
cut1, cut2 = 2 * shares[0] - 1, 2 * (shares[0] + shares[1]) - 1
pole = {2: 1.0, 365: -1.0}
side = np.array([pole.get(s, 0.0) for s in state])
votes = [np.bincount(item, (side[point] == s) * level) for s in (1.0, -1.0)]
beta = np.where(votes[0] * votes[1] > 0, np.sign(votes[0] - votes[1]), 0.0)
mean = 2 * side
theta = mean.copy()


def bounds(c1, c2):
    low = np.where(yes, -99.0, np.where(abstain, c1[item], c2[item]))
    high = np.where(yes, c1[item], np.where(abstain, c2[item], 99.0))
    return low, high


def utilities(low, high, centre):
    below = ndtr(low - centre)
    z = centre + ndtri(below + rng.random(len(item)) * (ndtr(high - centre) - below))
    return np.clip(z, -9, 9)


low, high = bounds(cut1, cut2)
z = utilities(low, high, beta[item] * theta[point])
clock = time.process_time()
for _ in range(sweeps):
    b = beta[item]
    centre = np.where(lag >= 0, mean[lag], 0.0)
    variance = 1 / (np.bincount(point, b * b, n) + precision)
    mean = variance * (np.bincount(point, b * z, n) + precision * centre)
    theta = np.clip(mean + np.sqrt(variance) * rng.standard_normal(n), -5, 5)
    theta = (theta - theta.mean()) / theta.std(ddof=1)
    t = theta[point]

    u = rng.random(m)
    new1 = cut1 + step * ndtri(u * ndtr((cut2 - cut1) / step) + (1 - u) * ndtr((-7 - cut1) / step))
    u = rng.random(m)
    new2 = cut2 + step * ndtri(u * ndtr((7 - cut2) / step) + (1 - u) * ndtr((new1 - cut2) / step))
    new_low, new_high = bounds(new1, new2)
    old = b * t
    with np.errstate(all="ignore"):
        ratio = (ndtr(new_high - old) - ndtr(new_low - old)) / (ndtr(high - old) - ndtr(low - old))
        ratio[np.isnan(ratio)] = 1
        r = np.multiply.reduceat(ratio, starts)
        r *= ndtr((cut2 - new1) / step) / ndtr((new2 - cut1) / step)
    accept = np.isnan(r) | (rng.random(m) < r)
    cut1, cut2 = np.where(accept, new1, cut1), np.where(accept, new2, cut2)
    low, high = bounds(cut1, cut2)

    z = utilities(low, high, old)
    variance = 1 / (np.add.reduceat(t * t, starts) + 1)
    beta = variance * np.add.reduceat(t * z, starts) + np.sqrt(variance) * rng.standard_normal(m)
seconds = time.process_time() - clock
print(f"numpy {np.__version__}: {len(item)} ballots, {sweeps} sweeps, {seconds:.1f} CPU s, {sweeps / seconds:.2f} sweeps a CPU second")
