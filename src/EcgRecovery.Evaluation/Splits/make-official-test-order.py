#!/usr/bin/env python3
"""Makes official-test-order.bin, the resource that OfficialSplit embeds.

usage: make-official-test-order.py kaggle_index.csv official-test-order.bin

Input: one line per beat of all 48 records in record and time order, with the row that the beat has in Kaggle's mitbih_test.csv
(test_row, empty for a beat of mitbih_train.csv).
Output: for every test row, in order, the index of its beat (counted from 0), 17 bits each, least significant bit first.
"""
import csv
import sys

BITS = 17

with open(sys.argv[1], newline="") as file:
    rows = {int(line["test_row"]): beat for beat, line in enumerate(csv.DictReader(file)) if line["test_row"]}
assert sorted(rows) == list(range(21892))

packed = 0
for row in range(len(rows)):
    packed |= rows[row] << (BITS * row)
with open(sys.argv[2], "wb") as file:
    file.write(packed.to_bytes((BITS * len(rows) + 7) // 8, "little"))
