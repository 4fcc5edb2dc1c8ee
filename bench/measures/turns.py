"""Long signals with ruptures' compiled KernelCPD (linear kernel) and a plain numpy BOCPD: the Python side of bench/turns.md.

Usage: python turns.py POINTS [BOCPD_POINTS]
"""

import sys
import time

import numpy as np
import ruptures


def signal(points):
    """The signal of `examples/turns.rs long`, bit for bit."""
    state, level, values = 1, 0.0, np.empty(points)

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (state >> 11) / (1 << 53)

    for t in range(points):
        if t % 1000 == 0:
            level = 6.0 * uniform()
        values[t] = level + sum(uniform() for _ in range(12)) - 6.0
    return values


def bocpd(values, hazard=1e-3, prune=1e-8):
    mean0, k0, a0, b0 = 3.0, 0.1, 2.0, 2.0
    from scipy.special import gammaln

    p, m, k, a, b = (np.array([x]) for x in (1.0, mean0, k0, a0, b0))
    for x in values:
        scale = b * (k + 1) / (a * k)
        log = (
            gammaln(a + 0.5) - gammaln(a) - 0.5 * np.log(2 * np.pi * a * scale) - (a + 0.5) * np.log1p((x - m) ** 2 / (2 * a * scale))
        )
        p = p * np.exp(log)
        b = b + 0.5 * k * (x - m) ** 2 / (k + 1)
        m = (k * m + x) / (k + 1)
        p = p / p.sum()
        keep = p >= prune
        p, m, k, a, b = p[keep], m[keep], k[keep] + 1, a[keep] + 0.5, b[keep]
        p = np.append(p * (1 - hazard), hazard * p.sum())
        m, k, a, b = (np.append(x, y) for x, y in ((m, mean0), (k, k0), (a, a0), (b, b0)))


points = int(float(sys.argv[1]))
short = int(float(sys.argv[2])) if len(sys.argv) > 2 else min(points, 20000)
values = signal(points)
penalty = 2.0 * np.log(points)
start, cpu = time.perf_counter(), time.process_time()
algorithm = ruptures.KernelCPD(kernel="linear", min_size=1).fit(values.reshape(-1, 1))
ends = algorithm.predict(pen=penalty)
wall, cpu = time.perf_counter() - start, time.process_time() - cpu
cost = sum(((part - part.mean()) ** 2).sum() for part in np.split(values, ends[:-1]))
print(f"KernelCPD {points}: {wall:.3f} s ({cpu:.3f} CPU), {len(ends) - 1} changes, cost with penalties {cost + penalty * (len(ends) - 1):.6f}")
start = time.process_time()
bocpd(values[:short])
print(f"bocpd numpy {short}: {time.process_time() - start:.3f} s CPU")
