#!/usr/bin/python3
"""Times our heartbeat CSV reader against pandas' read_csv, in turn, each run in a separate process.

usage: compare.py mitbih_train.csv [RUNS]

Prints medians over the runs: seconds of the reading (without start-up), processor seconds and peak memory of the whole process,
and the ratios pandas / ours. All readers must return the same number of rows and the same sum of values.
"""
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
READERS = {
    "ours": [os.path.join(HERE, "../EcgRecovery.Benchmarks/bin/Release/net10.0/EcgRecovery.Benchmarks"), "csv"],
    "pandas": [sys.executable, os.path.join(HERE, "read_pandas.py")],
    "pandas float32": [sys.executable, os.path.join(HERE, "read_pandas.py"), "--float32"],
}


def run(command):
    """Returns (seconds, processor seconds, peak MiB, (rows, sum))."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = child.stdout.read().split()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if status != 0:
        sys.exit(f"{command} failed")
    return float(output[0]), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, (int(output[1]), round(float(output[2])))


def main():
    path, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    results = {name: [] for name in READERS}
    for _ in range(runs):
        for name, command in READERS.items():
            results[name].append(run(command[:2] + [path] + command[2:]))
    if len({result[3] for several in results.values() for result in several}) != 1:
        sys.exit("the readers disagree")

    medians = {name: [statistics.median(column) for column in list(zip(*several))[:3]] for name, several in results.items()}
    print(f"{os.path.basename(path)}, {os.path.getsize(path) / 1e6:.0f} MB, medians of {runs} alternating runs, load {os.getloadavg()[0]:.1f}")
    print(f"{'':15}{'seconds':>9}{'processor s':>13}{'peak MiB':>10}")
    for name, median in medians.items():
        print(f"{name:15}{median[0]:9.2f}{median[1]:13.2f}{median[2]:10.0f}")
    for name in list(READERS)[1:]:
        print(f"{name} / ours: " + ", ".join(f"{a / b:.1f}" for a, b in zip(medians[name], medians["ours"])))


main()
