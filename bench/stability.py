"""Times allantools on the data that Guestclock.Bench wrote, and prints both beside each other. Called by bench/stability."""
import csv
import sys
import time

import allantools
import numpy

folder = sys.argv[1]
phase = numpy.fromfile(folder + "/phase")
ours = {}
for row in csv.DictReader(open(folder + "/ours.csv")):
    ours.setdefault(row["statistic"], []).append(row)

print("\nProcessor time of one thread, best of three")
print(f"{'statistic':<10} {'factors m':<28} {'guestclock':>11} {'allantools':>11} {'ratio':>7}  largest difference of values")
for statistic, rows in ours.items():
    taus = [float(row["m"]) for row in rows]
    theirs = float("inf")
    for _ in range(1 if statistic == "mtie" else 3):
        start = time.process_time()
        used, values, _, _ = getattr(allantools, statistic)(phase, rate=1.0, data_type="phase", taus=taus)
        theirs = min(theirs, time.process_time() - start)
    assert list(used) == taus, (used, taus)
    difference = max(abs(float(row["value"]) / value - 1) for row, value in zip(rows, values))
    own = float(rows[0]["seconds"])
    factors = " ".join(row["m"] for row in rows)
    print(f"{statistic:<10} {factors:<28} {own:>9.3f} s {theirs:>9.3f} s {theirs / own:>7.1f}  {difference:.1e}", flush=True)
