"""Compares the search for changes of the mean with ruptures; called by Tools/benchmark-changes."""
import argparse
import json
import math
import statistics
import subprocess
import time

import numpy
import ruptures

parser = argparse.ArgumentParser()
parser.add_argument("--calibrate", required=True)
parser.add_argument("--count", type=int, default=20_000)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--slow", action="store_true", help="also Pelt with jump=1, which takes over a minute")
options = parser.parse_args()


def penalised(values, changes, penalty):
    """The residual sum of squares about the means of segments, and a penalty for each change."""
    bounds = [0, *changes, len(values)]
    return sum(((s - s.mean()) ** 2).sum() for s in (values[a:b] for a, b in zip(bounds, bounds[1:]))) \
        + penalty * len(changes)


def measured(search, rounds):
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        changes = search()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), [c for c in changes if c < options.count]


own = json.loads(subprocess.run([options.calibrate, "steps", "--series", str(options.count)], check=True,
                                capture_output=True, text=True).stdout)
values = numpy.array(own["values"])
penalty = 2 * math.log(len(values))
rows = [("casus", own["seconds"], own["changes"])]
kernel = ruptures.KernelCPD(kernel="linear", min_size=1)
rows.append(("ruptures KernelCPD linear, C",
             *measured(lambda: kernel.fit(values.reshape(-1, 1)).predict(pen=penalty), options.rounds)))
jump = ruptures.Pelt(model="l2", min_size=1, jump=5)
rows.append(("ruptures Pelt l2, jump=5", *measured(lambda: jump.fit(values).predict(pen=penalty), 1)))
if options.slow:
    pelt = ruptures.Pelt(model="l2", min_size=1, jump=1)
    rows.append(("ruptures Pelt l2, jump=1", *measured(lambda: pelt.fit(values).predict(pen=penalty), 1)))
print(f"{len(values):,} numbers, a change of the mean about every hundred; penalty 2 ln n")
for name, seconds, changes in rows:
    cost = penalised(values, changes, penalty)
    print(f"{name:32} {seconds:9.4f} s  {seconds / own['seconds']:8.1f} times  {len(changes):4} changes  cost {cost:.4f}")
