"""Training step of the original network, ours against PyTorch, alternating; prints medians, their ratio and what an epoch of 78,798 beats takes.

usage: python3 compare.py [ROUNDS [THREADS [SECONDS]]]      (builds the benchmark project first)
"""
import os
import pathlib
import statistics
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
project = here.parent / "EcgRecovery.Benchmarks"
rounds, threads, seconds = [*(int(a) for a in sys.argv[1:]), *(5, 2, 4)[len(sys.argv) - 1:]]
subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "--nologo", str(project)], check=True, stdout=subprocess.DEVNULL)
ours_command = ["dotnet", str(project / "bin/Release/net10.0/EcgRecovery.Benchmarks.dll"), "training-step", str(threads), "32", str(seconds)]
torch_command = ["/usr/bin/python3", str(here / "pytorch_step.py"), str(threads), "32", str(seconds)]
# With both OpenBLAS and OpenMP threaded PyTorch fights itself; this is its fastest setting on two cores.
environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": str(threads)}


def run(command):
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)


pairs = [(run(ours_command), run(torch_command)) for _ in range(rounds)]
ours, torch = (statistics.median(p[i] for p in pairs) for i in (0, 1))
steps = -(-78_798 // 32)
print(f"batch 32, {threads} threads, {rounds} alternating rounds of {seconds} s")
print(f"ours    {ours:8.2f} ms a step, {ours * steps / 1e3:7.1f} s an epoch of 78,798 beats")
print(f"PyTorch {torch:8.2f} ms a step, {torch * steps / 1e3:7.1f} s an epoch")
print(f"ratio of medians {torch / ours:.1f} (pairs: {', '.join(f'{t / o:.1f}' for o, t in pairs)})")
