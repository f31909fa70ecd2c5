"""Fits the small network of the keyword model and writes it as ONNX. Called by train.ts."""

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

work, width = Path(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(20261120)
rows = torch.from_numpy(np.fromfile(work / "candidates.f32", np.float32).reshape(-1, width))
targets = torch.from_numpy(np.fromfile(work / "targets.f32", np.float32))
mean, scale = rows.mean(0), rows.std(0) + 1e-3
rows = (rows - mean) / scale
hidden, epochs, batch = 24, 5, 8192
network = torch.nn.Sequential(
    torch.nn.Dropout(0.1), torch.nn.Linear(width, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 1)
)
steps = epochs * ((len(rows) + batch - 1) // batch)
adam = torch.optim.AdamW(network.parameters(), 5e-3, weight_decay=1e-2)
schedule = torch.optim.lr_scheduler.OneCycleLR(adam, 1e-2, total_steps=steps)
for epoch in range(epochs):
    order, total = torch.randperm(len(rows)), 0.0
    for start in range(0, len(rows), batch):
        some = order[start : start + batch]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(rows[some]).squeeze(-1), targets[some])
        adam.zero_grad()
        loss.backward()
        adam.step()
        schedule.step()
        total += loss.item() * len(some)
    print(f"keywords: epoch {epoch + 1} of {epochs}, loss {total / len(rows):.4f}")

first, second = network[1], network[3]
scaled = first.weight.detach() / scale
arrays = {
    "w1": scaled.T.contiguous().numpy(),
    "b1": (first.bias.detach() - scaled @ mean).numpy(),
    "w2": second.weight.detach().T.contiguous().numpy(),
    "b2": second.bias.detach().numpy(),
    "axes": np.array([1], np.int64),
}
nodes = [
    helper.make_node("Gemm", ["candidates", "w1", "b1"], ["h"]),
    helper.make_node("Relu", ["h"], ["r"]),
    helper.make_node("Gemm", ["r", "w2", "b2"], ["o"]),
    helper.make_node("Squeeze", ["o", "axes"], ["s"]),
    helper.make_node("Sigmoid", ["s"], ["chances"]),
]
value = helper.make_tensor_value_info
graph = helper.make_graph(
    nodes,
    "keywords",
    [value("candidates", TensorProto.FLOAT, ["candidates", width])],
    [value("chances", TensorProto.FLOAT, ["candidates"])],
    [numpy_helper.from_array(array, name) for name, array in arrays.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="nexus")
onnx.checker.check_model(model)
(work / "keywords.onnx").write_bytes(model.SerializeToString())
