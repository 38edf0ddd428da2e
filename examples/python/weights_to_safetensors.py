"""Writes the weights of a Keras or PyTorch file as safetensors, for `ecg-recovery import`.

    python3 weights_to_safetensors.py model.keras weights.safetensors
    python3 weights_to_safetensors.py model.h5 weights.safetensors        # also weights alone: model.weights.h5
    python3 weights_to_safetensors.py model.pt weights.safetensors        # a state_dict, or a checkpoint that has one

Needs numpy, and h5py for Keras' files or torch for PyTorch's; neither Keras nor TensorFlow. The tensors keep their names and their layout;
the import knows both. Where a file of Keras has the model's configuration, layers that the original network does not have are refused.
"""
import io
import json
import os
import struct
import sys
import zipfile

import numpy

# What Keras has by default, and the engine computes.
ACTIVATIONS = {"LSTM": {"activation": "tanh", "recurrent_activation": "sigmoid"}, "Dense": {"activation": "linear"}}
ALLOWED = {"InputLayer", "LSTM", "TimeDistributed", "Dense", "Dropout"}


def save(path, tensors, made_by):
    """Writes float32 tensors, {name: array}, as safetensors (github.com/huggingface/safetensors, "Format")."""
    header, data = {"__metadata__": {"made_by": made_by}}, b""
    for name, values in tensors.items():
        array = numpy.ascontiguousarray(values, dtype="<f4")
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def check(layers):
    """Exits if a layer of Keras' configuration computes something else than those of the original network."""
    for layer in layers:
        kind, config = layer["class_name"], layer["config"]
        if kind not in ALLOWED:
            sys.exit(f"layer {config.get('name')} is a {kind}; expected only {', '.join(sorted(ALLOWED))}")
        for key, expected in ACTIVATIONS.get(kind, {}).items():
            if config.get(key, expected) != expected:
                sys.exit(f"layer {config['name']} has {key} {config[key]}; expected {expected}")
        if kind == "LSTM" and not (config.get("return_sequences") and not config.get("go_backwards")):
            sys.exit(f"layer {config['name']} does not return its sequence forward in time, as every LSTM of the original does")
        if "layer" in config:
            check([config["layer"]])


def keras_tensors(file):
    """Returns the weights in an HDF5 file, by their paths; what an optimizer keeps beside them is left out."""
    import h5py

    tensors = {}

    def add(name, item):
        if isinstance(item, h5py.Dataset) and item.dtype.kind == "f" and not name.startswith(("optimizer", "_optimizer")):
            tensors[name] = item[()]

    with h5py.File(file, "r") as content:
        if "model_config" in content.attrs:
            check(json.loads(content.attrs["model_config"])["config"]["layers"])
        (content["model_weights"] if "model_weights" in content else content).visititems(add)
    return tensors


def torch_tensors(path):
    """Returns the tensors of a state_dict, or of a checkpoint that has one."""
    import torch

    content = torch.load(path, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model_state_dict", "model"):
        content = content.get(key, content)
    if not all(isinstance(value, torch.Tensor) for value in content.values()):
        sys.exit(f"{path} has {', '.join(map(str, content))}; expected a state_dict: torch.save(model.state_dict(), path)")
    return {name: value.float().numpy() for name, value in content.items()}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = sys.argv[1:]
    if os.path.exists(target):
        sys.exit(f"{target} exists")
    if source.endswith(".keras"):
        with zipfile.ZipFile(source) as archive:
            check(json.loads(archive.read("config.json"))["config"]["layers"])
            tensors = keras_tensors(io.BytesIO(archive.read("model.weights.h5")))
    elif source.endswith((".h5", ".hdf5")):
        tensors = keras_tensors(source)
    elif source.endswith((".pt", ".pth")):
        tensors = torch_tensors(source)
    else:
        sys.exit(f"{source} is neither .keras, .h5, .hdf5, .pt nor .pth")
    save(target, tensors, f"weights_to_safetensors.py from {os.path.basename(source)}")
    for name, values in tensors.items():
        print(name, list(values.shape))


if __name__ == "__main__":
    main()
