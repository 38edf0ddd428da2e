"""Random weights of the original network in PyTorch, and its output in float64. See README.md."""
import os
import shutil
import subprocess
import sys
import tempfile

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, *[".."] * 6, "examples", "python")
sys.path.insert(0, SCRIPTS)
import weights_to_safetensors  # noqa: E402


class Original(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.LSTM(1, 64, batch_first=True)
        self.second = torch.nn.LSTM(64, 32, batch_first=True)
        self.third = torch.nn.LSTM(32, 64, batch_first=True)
        self.dense = torch.nn.Linear(64, 1)

    def forward(self, x):
        for layer in (self.first, self.second, self.third):
            x, _ = layer(x)
        return self.dense(x)


torch.manual_seed(17)
torch.set_num_threads(1)
model = Original()
x = torch.rand(2, 187, 1)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "model.pt")
    torch.save(model.state_dict(), path)
    script, weights = os.path.join(SCRIPTS, "weights_to_safetensors.py"), os.path.join(folder, "weights.safetensors")
    subprocess.run([sys.executable, script, path, weights], check=True)
    shutil.copy(weights, os.path.join(HERE, "pytorch-weights.safetensors"))
with torch.no_grad():
    y = model.double()(x.double())
weights_to_safetensors.save(
    os.path.join(HERE, "pytorch-result.safetensors"), {"input": x.numpy(), "output": y.numpy()}, f"pytorch.py, PyTorch {torch.__version__}")
