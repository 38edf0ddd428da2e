"""The readers that the scripts of this folder compare: programs that print one JSON object about a recording's samples."""
import json
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.dirname(HERE)
OURS = os.path.join(BENCH, "EcgRecovery.Formats.Benchmarks/bin/Release/net10.0/EcgRecovery.Formats.Benchmarks")
BIOSIG_SOURCE = os.path.join(BENCH, "rivals/biosig.c")
BIOSIG = os.path.join(BENCH, "out/biosig")


def build_biosig():
    """Builds the program with libbiosig if it is missing or older than its source."""
    if os.path.exists(BIOSIG) and os.path.getmtime(BIOSIG) >= os.path.getmtime(BIOSIG_SOURCE):
        return
    if not shutil.which("cc"):
        sys.exit("no C compiler; Debian: apt-get install gcc libbiosig-dev")
    os.makedirs(os.path.dirname(BIOSIG), exist_ok=True)
    subprocess.run(["cc", "-O2", BIOSIG_SOURCE, "-lbiosig", "-lm", "-o", BIOSIG], check=True)


def need_ours():
    if not os.path.exists(OURS):
        sys.exit("not built: dotnet build -c Release bench/EcgRecovery.Formats.Benchmarks")


def read(command, seconds=600):
    """Runs a reader; returns its output and the seconds of its process, or {"error": its error output}."""
    start = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"error": f"did not end in {seconds} s"}
    took = time.monotonic() - start
    if done.returncode < 0:
        return {"error": f"crashed with signal {-done.returncode}"}
    if done.returncode != 0:
        return {"error": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    # Messages of biosig may come before the object.
    return json.loads(done.stdout[done.stdout.index("{"):]) | {"processSeconds": took}
