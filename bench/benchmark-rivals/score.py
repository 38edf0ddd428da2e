"""Scores predictions again, apart from the benchmark's own code, by "Figures" of docs/protocol.md: score.py EXPORT PREDICTIONS [CELL...]"""
import csv
import os
import sys

import numpy as np


def read_wfdb(path):
    """Reads a record of format 16: mV, [samples, leads], NaN where a sample is missing."""
    lines = [line.split() for line in open(path + ".hea", encoding="latin-1") if line.strip() and line[0] != "#"]
    leads = int(lines[0][1])
    digital = np.fromfile(path + ".dat", "<i2").reshape(-1, leads).astype(float)
    digital[digital == -32768] = np.nan
    for lead, fields in enumerate(lines[1:leads + 1]):
        gain, _, baseline = fields[2].split("/")[0].rstrip(")").partition("(")
        digital[:, lead] = (digital[:, lead] - float(baseline or fields[4])) / float(gain)
    return digital


def read_prediction(path):
    """Reads WFDB, NPY, or CSV: a line of names, then a row per sample, a time first or not. None: there is no such file."""
    if os.path.exists(path + ".hea"):
        return read_wfdb(path)
    if os.path.exists(path + ".npy"):
        return np.load(path + ".npy")
    if not os.path.exists(path + ".csv"):
        return None
    with open(path + ".csv", encoding="utf-8") as file:
        has_time = file.readline().lower().startswith("time")
        return np.genfromtxt(file, delimiter=",", ndmin=2)[:, has_time:]


def truth_path(export, cell, record):
    """A cell with noise ends in the noise's name, as in ...-0.30s-ma-6dB, and has a truth of its own."""
    truth = os.path.join(export, "truth")
    return os.path.join(truth, next((signal for signal in os.listdir(truth) if cell.endswith("-" + signal)), "clean"), record)


def score_gap(x, y):
    """Returns RMSE, MAE, Pearson's r (NaN: left out), the squared error, SS(x) and SS(y) of a gap."""
    error, dx, dy = y - x, x - x.mean(), y - y.mean()
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        r = np.nan if np.ptp(x) == 0 else 0
    else:
        r = (dx @ dy) / np.sqrt((dx @ dx) * (dy @ dy))
    return np.sqrt(np.mean(error ** 2)), np.mean(np.abs(error)), r, error @ error, dx @ dx, dy @ dy


def score_cell(export, predictions, cell, gaps):
    """Prints the figures of a cell; gaps are its rows of gaps.csv."""
    scores, left_out, name = [], 0, None
    for row in sorted(gaps, key=lambda row: row["file"]):
        if row["file"] != name:
            name = row["file"]
            true = read_wfdb(truth_path(export, cell, row["record"]))
            recovered = read_prediction(os.path.join(predictions, cell, name))
        span, lead = slice(int(row["start"]), int(row["end"])), int(row["lead"])
        if recovered is None or np.isnan(recovered[span, lead]).any():
            left_out += 1
        else:
            scores.append(score_gap(true[span, lead], recovered[span, lead]))
    if not scores:
        print(f"{cell:32} {0:5} {left_out:8}")
        return
    rmse, mae, r, error, ssx, ssy = np.array(scores).T
    print(f"{cell:32} {len(scores):5} {left_out:8} {rmse.mean():8.4f} {mae.mean():8.4f} {np.nanmean(r):7.3f} "
          f"{100 * np.sqrt(error.sum() / ssx.sum()):7.2f} {ssy.sum() / ssx.sum():9.3f}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: score.py EXPORT PREDICTIONS [CELL...]")
    if not os.path.isdir(sys.argv[2]):
        sys.exit(f"{sys.argv[2]} does not exist: the second argument is the folder of predictions")
    with open(os.path.join(sys.argv[1], "gaps.csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print(f"{'cell':32} {'gaps':>5} {'left out':>8} {'RMSE mV':>8} {'MAE mV':>8} {'r':>7} {'PRD %':>7} {'amplitude':>9}")
    for cell in sys.argv[3:] or sorted({row["cell"] for row in rows}):
        score_cell(sys.argv[1], sys.argv[2], cell, [row for row in rows if row["cell"] == cell])
