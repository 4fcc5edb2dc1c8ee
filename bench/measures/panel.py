"""Ten measures for all dyads and sessions in numpy, beside crates/chancery-measure/examples/panel.rs.

panel.py --write FILE   writes the votes as the example reads them
panel.py                times two ways to do it (best of three, reading excluded):
  products   one-hot matrices of a session, counts by matrix products, measures on whole matrices: as fast as numpy gets
  bincount   a loop over dyads, counts by bincount: as it is usually written (three sessions, extrapolated by dyads)
Needs numpy and pyarrow; CHANCERY_SHARED names the folder of the reference data.
"""
import os
import struct
import sys
import time

import numpy as np
import pyarrow.parquet as pq


def read():
    path = os.path.join(os.environ["CHANCERY_SHARED"], "data/alignment/un_votes_svm_1946_2024.parquet")
    table = pq.read_table(path, columns=["session", "resid", "ccode", "vote"]).to_pydict()
    calls, call = np.unique(table["resid"], return_inverse=True)
    states, state = np.unique(table["ccode"], return_inverse=True)
    ballots = np.zeros((len(states), len(calls)), dtype=np.uint8)
    ballots[state, call] = table["vote"]
    sessions = np.zeros(len(calls), dtype=np.uint8)
    sessions[call] = table["session"]
    return ballots, sessions


def measures(n, same, opposite, y1, n1, y2, n2):
    """The ten arrays from counts; each is an array over dyads."""
    a1, a2 = n - y1 - n1, n - y2 - n2
    differ = n - same
    own, own_opposite = n * n - (y1 * y2 + a1 * a2 + n1 * n2), y1 * n2 + n1 * y2
    y, a, x = y1 + y2, a1 + a2, n1 + n2
    common, common_opposite = 4 * n * n - (y * y + a * a + x * x), 2 * y * x
    d_abs, d_sq = differ + opposite, differ + 3 * opposite
    return [
        same / n, 1 - d_abs / (2 * n), 1 - d_abs / n, 1 - d_sq / (2 * n),
        1 - 4 * n * differ / common, 1 - 4 * n * d_abs / (common + common_opposite),
        1 - 4 * n * d_sq / (common + 3 * common_opposite),
        1 - n * differ / own, 1 - n * d_abs / (own + own_opposite), 1 - n * d_sq / (own + 3 * own_opposite),
    ]


def products(ballots, sessions):
    parts = []
    for session in np.unique(sessions):
        b = ballots[:, sessions == session]
        b = b[(b > 0).any(axis=1)]
        yes, abstain, no = ((b == k).astype(np.float32) for k in (1, 2, 3))
        voted = yes + abstain + no
        upper = np.triu_indices(len(b), 1)
        at = lambda matrix: matrix[upper].astype(np.float64)
        crossed = yes @ no.T
        y1, n1 = yes @ voted.T, no @ voted.T
        parts.append(measures(
            at(voted @ voted.T), at(yes @ yes.T + abstain @ abstain.T + no @ no.T), at(crossed + crossed.T),
            at(y1), at(n1), at(y1.T), at(n1.T),
        ))
    return [np.concatenate(column) for column in zip(*parts)]


def bincount(ballots, sessions, chosen):
    rows = []
    for session in chosen:
        b = ballots[:, sessions == session]
        b = b[(b > 0).any(axis=1)].astype(np.int64)
        for i in range(len(b)):
            for j in range(i + 1, len(b)):
                joint = (b[i] > 0) & (b[j] > 0)
                c = np.bincount(3 * (b[i][joint] - 1) + b[j][joint] - 1, minlength=9).reshape(3, 3).astype(float)
                r, k = c.sum(1), c.sum(0)
                rows.append(measures(c.sum(), np.trace(c), c[0, 2] + c[2, 0], r[0], r[2], k[0], k[2]))
    return np.array(rows)


def best(times, work):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def main():
    ballots, sessions = read()
    if sys.argv[1:2] == ["--write"]:
        with open(sys.argv[2], "wb") as file:
            file.write(struct.pack("<II", *ballots.shape) + sessions.tobytes() + ballots.tobytes())
        return
    np.seterr(all="ignore")
    seconds, columns = best(3, lambda: products(ballots, sessions))
    print(f"products: {len(columns[0])} dyad-sessions, {seconds:.3f} s; sums", [f"{np.nansum(c):.6f}" for c in columns])
    chosen = [26, 46, 74]
    loop, rows = best(1, lambda: bincount(ballots, sessions, chosen))
    print(f"bincount: {len(rows)} dyad-sessions, {loop:.1f} s; for all {loop * len(columns[0]) / len(rows):.1f} s")


if __name__ == "__main__":
    main()
