"""One triad at a time in numpy: split counts, I(R;K) and I(R;K|C), no permutation.

Times a sample of ordered triads of a simulated session and extrapolates to all of 193 states.
Usage: python triads.py [ROLL_CALLS]
"""

import sys
import time

import numpy as np


def bits(joint):
    n = joint.sum()
    if n == 0:
        return 0.0
    p = joint / n
    expected = p.sum(1, keepdims=True) * p.sum(0, keepdims=True)
    seen = p > 0
    return float((p[seen] * np.log2(p[seen] / expected[seen])).sum())


def triad(r, k, c):
    voted = (r > 0) & (k > 0) & (c > 0)
    r, k, c = r[voted] - 1, k[voted] - 1, c[voted] - 1
    cells = np.bincount(r * 9 + k * 3 + c, minlength=27).reshape(3, 3, 3)
    split = c != k
    given = sum(cells[:, :, i].sum() * bits(cells[:, :, i]) for i in range(3)) / max(len(r), 1)
    return split.sum(), (split & (r == k)).sum(), (split & (r == c)).sum(), bits(cells.sum(2)), given


def main():
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 88
    random = np.random.default_rng(1)
    votes = random.choice([0, 1, 2, 3], p=[0.1, 0.6, 0.2, 0.1], size=(193, calls))
    sample = [random.choice(193, 3, replace=False) for _ in range(5000)]
    start = time.process_time()
    for r, k, c in sample:
        triad(votes[r], votes[k], votes[c])
    each = (time.process_time() - start) / len(sample)
    every = 193 * 192 * 191
    print(f"{calls} roll calls: {each * 1e3:.3f} ms per triad; all {every} triads {each * every:.0f} s of one core")


if __name__ == "__main__":
    main()
