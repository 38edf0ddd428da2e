"""Golden vectors: LSTM stacks with all gradients from PyTorch in float64, and a 30-step Adam trajectory. See README.md."""
import json
import math
import os
import struct

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def save(name, metadata, tensors):
    """Writes float32 tensors as safetensors (https://github.com/huggingface/safetensors), independently of the C# writer."""
    header, data = {"__metadata__": {key: str(value) for key, value in metadata.items()}}, b""
    for key, values in tensors:
        array = numpy.ascontiguousarray(values, dtype="<f4")
        header[key] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def float32(array):
    """A float64 tensor of values that a float32 holds exactly."""
    return torch.from_numpy(numpy.asarray(array, dtype=numpy.float32).astype(numpy.float64))


class Stack(torch.nn.Module):
    """layers: [(units, bidirectional)]; every layer returns its sequence, a dense layer follows at every time step."""

    def __init__(self, inputs, layers, outputs, random, scale):
        super().__init__()
        self.lstm = torch.nn.ModuleList()
        for units, bidirectional in layers:
            self.lstm.append(torch.nn.LSTM(inputs, units, batch_first=True, bidirectional=bidirectional))
            inputs = units * (2 if bidirectional else 1)
        self.dense = torch.nn.Linear(inputs, outputs)
        self.double()
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                # Keras has one bias where PyTorch has two: the second stays 0 and is not trained.
                limit = 0.0 if "bias_hh" in name else scale
                parameter.copy_(float32(random.uniform(-limit, limit, tuple(parameter.shape))))
                parameter.requires_grad_("bias_hh" not in name)

    def forward(self, x):
        for layer in self.lstm:
            x, _ = layer(x)
        return self.dense(x)

    def keras(self, pick):
        """[(Keras name, Keras layout)]: PyTorch's gate order i, f, g, o is Keras' i, f, c, o; the matrices are transposed."""
        tensors = []
        for number, layer in enumerate(self.lstm, 1):
            directions = [(".forward", ""), (".backward", "_reverse")] if layer.bidirectional else [("", "")]
            for keras, torch_suffix in directions:
                tensors.append((f"lstm_{number}{keras}.kernel", pick(getattr(layer, "weight_ih_l0" + torch_suffix)).T))
                tensors.append((f"lstm_{number}{keras}.recurrent_kernel", pick(getattr(layer, "weight_hh_l0" + torch_suffix)).T))
                tensors.append((f"lstm_{number}{keras}.bias", pick(getattr(layer, "bias_ih_l0" + torch_suffix))))
        tensors.append(("dense.kernel", pick(self.dense.weight).T))
        tensors.append(("dense.bias", pick(self.dense.bias)))
        return tensors


def loss_of(output, target, weights, delta):
    """Weighted mean of the squared error, or of Keras' Huber loss where delta is given."""
    error = output - target
    if delta is None:
        value = error ** 2
    else:
        size = error.abs()
        value = torch.where(size <= delta, 0.5 * error ** 2, delta * (size - 0.5 * delta))
    return (weights * value).sum() / weights.sum()


def build(inputs, layers, outputs, sequences, steps, seed, masked=False, scale=0.7):
    random = numpy.random.RandomState(seed)
    stack = Stack(inputs, layers, outputs, random, scale)
    x = float32(random.uniform(-1, 1, (sequences, steps, inputs)))
    target = float32(random.uniform(-1, 1, (sequences, steps, outputs)))
    weights = torch.ones_like(target)
    if masked:
        # A third of the values do not count, the others count 0.5, 1 or 2; the first sequence counts nowhere.
        weights = float32(random.choice([0.0, 0.5, 1.0, 2.0], p=[1 / 3, 2 / 9, 2 / 9, 2 / 9], size=tuple(target.shape)))
        weights[0] = 0
    return stack, x, target, weights


def describe(inputs, layers, outputs, sequences, steps, delta):
    return {
        "inputs": inputs,
        "layers": " ".join(f"{units}{'b' if bidirectional else ''}" for units, bidirectional in layers),
        "outputs": outputs,
        "sequences": sequences,
        "time_steps": steps,
        "huber_delta": "" if delta is None else delta,
        "made_by": f"golden.py, PyTorch {torch.__version__}, float64",
    }


def case(name, inputs, layers, outputs, sequences, steps, seed, delta=None, masked=False, scale=0.7):
    stack, x, target, weights = build(inputs, layers, outputs, sequences, steps, seed, masked, scale)
    output = stack(x)
    loss = loss_of(output, target, weights, delta)
    loss.backward()
    if delta is not None:
        share = (((output - target).abs() > delta) & (weights > 0)).double().mean().item()
        assert 0.1 < share < 0.9, f"{name}: {share} of the errors are beyond delta"
    metadata = describe(inputs, layers, outputs, sequences, steps, delta) | {"loss": repr(loss.item())}
    tensors = [("input", x), ("target", target)] + ([("loss_weights", weights)] if masked else []) + [("output", output.detach())]
    tensors += [("weights/" + key, value) for key, value in stack.keras(lambda p: p.detach())]
    tensors += [("gradients/" + key, value) for key, value in stack.keras(lambda p: p.grad)]
    save(name + ".safetensors", metadata, tensors)
    print(f"{name}: loss {loss.item():.6g}")


def trajectory(name, inputs, layers, outputs, sequences, steps, seed, learning_rate, clip, count):
    """Keras' Adam, written out in float64: alpha = lr*sqrt(1-b2^t)/(1-b1^t); theta -= alpha*m/(sqrt(v)+1e-7)."""
    stack, x, target, weights = build(inputs, layers, outputs, sequences, steps, seed)
    start = stack.keras(lambda p: p.detach().clone())
    trained = [p for p in stack.parameters() if p.requires_grad]
    first, second, losses, clipped = [torch.zeros_like(p) for p in trained], [torch.zeros_like(p) for p in trained], [], 0
    for t in range(1, count + 1):
        stack.zero_grad()
        loss = loss_of(stack(x), target, weights, None)
        loss.backward()
        losses.append(loss.item())
        norm = math.sqrt(sum((p.grad ** 2).sum().item() for p in trained))
        clipped += norm > clip
        scale = clip / max(norm, clip)
        alpha = learning_rate * math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        with torch.no_grad():
            for p, m, v in zip(trained, first, second):
                g = p.grad * scale
                m.mul_(0.9).add_(0.1 * g)
                v.mul_(0.999).add_((1 - 0.999) * g * g)
                p.sub_(alpha * m / (v.sqrt() + 1e-7))
    assert 0 < clipped < count, f"{name}: {clipped} of {count} steps were clipped"
    metadata = describe(inputs, layers, outputs, sequences, steps, None) | {
        "learning_rate": learning_rate, "clip_norm": clip, "losses": " ".join(repr(value) for value in losses)}
    tensors = [("input", x), ("target", target)]
    tensors += [("weights/" + key, value) for key, value in start]
    tensors += [("trained/" + key, value) for key, value in stack.keras(lambda p: p.detach())]
    save(name + ".safetensors", metadata, tensors)
    print(f"{name}: loss {losses[0]:.6g} -> {losses[-1]:.6g}, {clipped} of {count} steps clipped")


torch.set_num_threads(1)
case("original-64-32-64", 1, [(64, False), (32, False), (64, False)], 1, 5, 9, seed=1, scale=0.125)
case("single-5", 3, [(5, False)], 2, 3, 7, seed=2)
case("bidirectional-7-huber", 3, [(7, True)], 2, 4, 10, seed=3, delta=0.5)
case("mixed-4-3b-6-masked", 3, [(4, False), (3, True), (6, False)], 2, 6, 17, seed=4, masked=True)
case("bidirectional-16-16-masked-huber", 3, [(16, True), (16, True)], 2, 19, 8, seed=5, delta=0.25, masked=True, scale=0.4)
case("one-step-6", 2, [(6, False)], 1, 1, 1, seed=6)
case("large-weights-5-8b", 1, [(5, False), (8, True)], 1, 2, 12, seed=7, scale=2.0)
trajectory("adam-6-5b", 2, [(6, False), (5, True)], 1, 4, 11, seed=8, learning_rate=0.01, clip=0.35, count=30)
