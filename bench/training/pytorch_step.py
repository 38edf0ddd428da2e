"""Times one training step (forward, backward, Adam) of the original network in PyTorch, one line on stdout: milliseconds, median of the run.

usage: python3 pytorch_step.py THREADS BATCH SECONDS      (Debian: apt-get install python3-torch libopenblas0-pthread)

Without OpenBLAS Debian's PyTorch falls back to the reference BLAS and is almost five times slower: an unfair rival.
"""
import sys
import time

import torch


class Autoencoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList([torch.nn.LSTM(i, h, batch_first=True) for i, h in ((1, 64), (64, 32), (32, 64))])
        self.dense = torch.nn.Linear(64, 1)

    def forward(self, x):
        for layer in self.layers:
            x, _ = layer(x)
        return self.dense(x)


threads, batch, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
model = Autoencoder()
optimizer = torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7)
x = torch.rand(batch, 187, 1)


def step():
    optimizer.zero_grad(set_to_none=True)
    torch.nn.functional.mse_loss(model(x), x).backward()
    optimizer.step()


for _ in range(3):
    step()
times = []
end = time.perf_counter() + seconds
while time.perf_counter() < end or len(times) < 3:
    start = time.perf_counter()
    step()
    times.append(time.perf_counter() - start)
times.sort()
print(f"{times[len(times) // 2] * 1e3:.3f}")
