"""PyTorch as a rival: computes the values of a case, then answers requests for times.

usage: pytorch.py CASE RESULTS training|inference THREADS      (files and protocol: ../README.md)

Debian: apt-get install python3-torch libopenblas0-pthread. Without OpenBLAS it uses the reference BLAS, almost five times slower.
"""
import os
import sys
import time

import numpy
import torch


class Network(torch.nn.Module):
    """LSTM layers that return their sequences, a dense layer at every time step. layers: [(units, bidirectional)]."""

    def __init__(self, inputs, layers, outputs):
        super().__init__()
        self.lstm = torch.nn.ModuleList()
        for units, bidirectional in layers:
            self.lstm.append(torch.nn.LSTM(inputs, units, batch_first=True, bidirectional=bidirectional))
            inputs = units * (2 if bidirectional else 1)
        self.dense = torch.nn.Linear(inputs, outputs)

    def forward(self, x):
        for layer in self.lstm:
            x, _ = layer(x)
        return self.dense(x)

    def named(self):
        """Returns [(name in Keras, parameter)]. PyTorch has two biases, Keras one: the second is zero and not trained."""
        parameters = []
        for number, layer in enumerate(self.lstm, 1):
            directions = [(".forward", ""), (".backward", "_reverse")] if layer.bidirectional else [("", "")]
            for keras, suffix in directions:
                second = getattr(layer, "bias_hh_l0" + suffix)
                torch.nn.init.zeros_(second).requires_grad_(False)
                for name, own in (("kernel", "weight_ih_l0"), ("recurrent_kernel", "weight_hh_l0"), ("bias", "bias_ih_l0")):
                    parameters.append((f"lstm_{number}{keras}.{name}", getattr(layer, own + suffix)))
        return parameters + [("dense.kernel", self.dense.weight), ("dense.bias", self.dense.bias)]


def read(folder, name, shape):
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name + ".f32"), "<f4").reshape(shape))


def write(folder, name, tensor):
    tensor.detach().numpy().astype("<f4").tofile(os.path.join(folder, name + ".f32"))


def blas():
    """Returns the BLAS of the process (Linux)."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return "OpenBLAS" if "openblas" in maps.read() else "no OpenBLAS"


def main():
    case, results, work, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    with open(os.path.join(case, "shape"), encoding="utf-8") as file:
        words = file.read().split()
    inputs, outputs, steps, sequences = (int(word) for word in words[:4])
    network = Network(inputs, [(int(word.rstrip("b")), word.endswith("b")) for word in words[4:]], outputs)
    x, target = read(case, "input", (sequences, steps, inputs)), read(case, "target", (sequences, steps, outputs))
    with torch.no_grad():
        for name, parameter in network.named():
            # PyTorch's gate order i, f, g, o is Keras' i, f, c, o; the matrices are transposed.
            parameter.copy_(read(case, name, tuple(reversed(parameter.shape))).t())

    optimizer = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], 1e-3, eps=1e-7)

    def gradients():
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.mse_loss(network(x), target)
        loss.backward()
        return loss

    def train():
        gradients()
        optimizer.step()

    def infer():
        with torch.no_grad():
            return network(x)

    write(results, "output", infer())
    if work == "training":
        write(results, "loss", gradients())
        for name, parameter in network.named():
            write(results, "gradient." + name, parameter.grad.t())
    print(f"ready PyTorch {torch.__version__} ({blas()})", flush=True)

    run = train if work == "training" else infer
    for line in sys.stdin:
        end = time.perf_counter() + float(line)
        times = []
        while not times or time.perf_counter() < end:
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
        times.sort()
        print(f"{times[len(times) // 2] * 1e3:.6f}", flush=True)


main()
