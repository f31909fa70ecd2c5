"""Fits the topic model: a table of hashed words, and beside it a hidden layer over the vectors of title and text.

    python fit.py <folder> --members=5 --epochs=5 --without=<source>,<source>

The folder holds what train.ts wrote: samples.json, offsets.i32, buckets.i32, weights.f32, meanings.f32, targets.i32,
rows.i32, drawn.f32, sources.i32. Written back: topic.onnx, thresholds.json.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=Path)
arguments.add_argument("--members", type=int, default=5)
arguments.add_argument("--epochs", type=float, default=5)
arguments.add_argument("--without", default="")
arguments.add_argument("--width", type=int, default=32)
arguments.add_argument("--hidden", type=int, default=192)
arguments.add_argument("--power", type=float, default=0.7)
arguments.add_argument("--rate", type=float, default=0.004)
arguments.add_argument("--lost", type=float, default=0.3)
arguments.add_argument("--left", type=float, default=0.3)
arguments.add_argument("--smooth", type=float, default=0.05)
arguments.add_argument("--batch", type=int, default=256)
arguments.add_argument("--bagless", type=float, default=0.15)
arguments.add_argument("--report", action="store_true")
arguments.add_argument("--all", action="store_true")
options = arguments.parse_args()
folder = options.folder
shape = json.loads((folder / "samples.json").read_text())
torch.set_num_threads(1)


def read(name, kind):
    return np.fromfile(folder / name, dtype=kind)


offsets, buckets, weights = read("offsets.i32", "<i4"), read("buckets.i32", "<i4"), read("weights.f32", "<f4")
meanings = read("meanings.f32", "<f4").reshape(-1, shape["meaningLength"])
targets, rows, drawn, sources = (
    read("targets.i32", "<i4"),
    read("rows.i32", "<i4"),
    read("drawn.f32", "<f4"),
    read("sources.i32", "<i4"),
)
classes = len(shape["topics"])
names = shape["sources"]
shipping = np.array(shape["shipping"])[sources]
left_out = np.isin(sources, [names.index(name) for name in options.without.split(",") if name in names])
# One row in 20 sets temperature and thresholds and is not trained on.
is_held = rows % 20 == 7
is_learnt = (shipping | options.all) & ~left_out & ~is_held
# The first variant of a row is the whole page.
is_whole = np.r_[True, rows[1:] != rows[:-1]]
sizes = np.diff(offsets)

# Drawn by (topic, source) to a power below 1: small groups more often than they are.
group = targets * 1000 + sources
chance = np.zeros(len(rows))
for key in np.unique(group[is_learnt]):
    members = is_learnt & (group == key) & (sizes > 0)
    if not members.any():
        continue
    size = len(np.unique(rows[members]))
    chance[members] = drawn[members] / drawn[members].sum() * size**options.power
nothing = targets == -1
chance[nothing] *= 0.06 * chance[~nothing].sum() / max(chance[nothing].sum(), 1e-9)
chance /= chance.sum()
bounds = np.cumsum(chance)
draws = int(options.epochs * len(np.unique(rows[is_learnt])))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.EmbeddingBag(shape["bucketCount"], options.width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, 0, 0.05)
        self.output = nn.Linear(options.width, classes)
        self.hidden = nn.Linear(shape["meaningLength"], options.hidden)
        self.last = nn.Linear(options.hidden, classes, bias=False)
        self.drop = nn.Dropout(options.left)

    def forward(self, bag, meaning, kept=1):
        words = self.output(self.drop(self.table(bag[0], bag[1], per_sample_weights=bag[2]) * kept))
        return words + self.last(self.drop(torch.relu(self.hidden(meaning * 4))))


def bag_of(samples, generator=None):
    size = sizes[samples]
    starts = np.r_[0, np.cumsum(size)[:-1]]
    flat = np.repeat(offsets[samples] - starts, size) + np.arange(size.sum())
    weight = weights[flat]
    if generator is not None:
        weight = weight * (generator.random(len(weight), dtype=np.float32) >= options.lost)
        norm = np.sqrt(np.add.reduceat(np.r_[weight**2, 0], np.minimum(starts, len(weight)))[: len(samples)])
        weight = weight / np.repeat(np.maximum(norm, 0.3), size)
    return (
        torch.from_numpy(buckets[flat].astype(np.int64)),
        torch.from_numpy(starts.astype(np.int64)),
        torch.from_numpy(weight.astype(np.float32)),
    )


def trained(seed):
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    network = Network()
    sparse = torch.optim.SparseAdam(list(network.table.parameters()), lr=options.rate)
    dense = torch.optim.AdamW(
        [*network.output.parameters(), *network.hidden.parameters(), *network.last.parameters()],
        lr=options.rate / 2,
        weight_decay=0.01,
    )
    steps = draws // options.batch
    started, sum_of_losses = time.time(), 0.0
    for step in range(steps):
        share = 1 - step / steps
        for optimiser, rate in ((sparse, options.rate), (dense, options.rate / 2)):
            for part in optimiser.param_groups:
                part["lr"] = rate * share
        picked = np.searchsorted(bounds, generator.random(options.batch)).clip(0, len(rows) - 1)
        meaning = torch.from_numpy(meanings[picked])
        # Now and then one of the two parts has to do without the other.
        lone = torch.rand(len(picked), 1)
        meaning = meaning * (lone < 0.9)
        logits = network(bag_of(picked, generator), meaning, lone >= options.bagless)
        target = torch.from_numpy(targets[picked].astype(np.int64))
        wanted = functional.one_hot(target.clamp(min=0), classes) * (1 - options.smooth) + options.smooth / classes
        wanted[target == -1] = 1 / classes
        loss = -(wanted * functional.log_softmax(logits, 1)).sum(1).mean()
        sparse.zero_grad()
        dense.zero_grad()
        loss.backward()
        sparse.step()
        dense.step()
        sum_of_losses += loss.item()
        if step % 500 == 499:
            print(f"seed {seed}: {step + 1} of {steps}, {time.time() - started:.0f} s, loss {sum_of_losses / 500:.4f}")
            sum_of_losses = 0.0
    return network.eval()


def logits_of(networks, samples):
    parts = []
    with torch.no_grad():
        for start in range(0, len(samples), 1024):
            picked = samples[start : start + 1024]
            bag, meaning = bag_of(picked), torch.from_numpy(meanings[picked])
            parts.append(torch.stack([network(bag, meaning) for network in networks]).mean(0))
    return torch.cat(parts)


def macro_f1(truth, guess):
    scores = [
        2 * ((truth == label) & (guess == label)).sum() / ((truth == label).sum() + (guess == label).sum())
        for label in np.unique(truth)
    ]
    return float(np.mean(scores))


networks = [trained(shape["seed"] + member) for member in range(options.members)]

real = np.array([name not in ("written", "written-text", "wordnet", "debian", "nothing") for name in names])[sources]
held = np.flatnonzero(is_held & is_whole & real & shipping & ~left_out & (sizes > 0))
logits = logits_of(networks, held)
truth = torch.from_numpy(targets[held].astype(np.int64))
guess = logits.argmax(1).numpy()
print(f"held rows: {len(held)}, accuracy {(guess == targets[held]).mean():.4f}, macro-F1 {macro_f1(targets[held], guess):.4f}")
for index, name in enumerate(names):
    # Every row of a source that was not learnt from; of the others the held rows.
    mine = np.flatnonzero(is_whole & (sources == index) & (sizes > 0) & ~nothing & (is_held | ~(is_learnt.any() & (chance[sources == index].sum() > 0))))
    if len(mine):
        right = (logits_of(networks, mine).argmax(1).numpy() == targets[mine]).mean()
        print(f"  {name}: {len(mine)} rows, accuracy {right:.4f}")
temperatures = np.arange(0.4, 3, 0.05)
temperature = min(temperatures, key=lambda t: functional.cross_entropy(logits / t, truth).item())
print(f"temperature {temperature:.2f}")
if options.report:
    raise SystemExit

# Table and output layer are one linear step, and so is the mean of several.
with torch.no_grad():
    table = sum(network.table.weight @ network.output.weight.T for network in networks).numpy() / len(networks)
    bias = sum(network.output.bias for network in networks).numpy() / len(networks) / temperature
    hidden = torch.cat([network.hidden.weight for network in networks]).T.numpy() * 4
    hidden_bias = torch.cat([network.hidden.bias for network in networks]).numpy()
    last = torch.cat([network.last.weight for network in networks], 1).T.numpy() / len(networks) / temperature
scale = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-9) / 127
initializers = {
    "table": np.clip(np.round(table / scale), -127, 127).astype(np.int8),
    "scale": (scale / temperature).astype(np.float32),
    "bias": bias.astype(np.float32),
    "hidden": np.ascontiguousarray(hidden, dtype=np.float32),
    "hiddenBias": hidden_bias.astype(np.float32),
    "last": np.ascontiguousarray(last, dtype=np.float32),
}
nodes = [
    helper.make_node("Gather", ["table", "buckets"], ["rows8"], axis=0),
    helper.make_node("Cast", ["rows8"], ["rows"], to=TensorProto.FLOAT),
    helper.make_node("MatMul", ["weights", "rows"], ["sums"]),
    helper.make_node("Flatten", ["sums"], ["words8"], axis=1),
    helper.make_node("Mul", ["words8", "scale"], ["words"]),
    helper.make_node("Gemm", ["meaning", "hidden", "hiddenBias"], ["inner"]),
    helper.make_node("Relu", ["inner"], ["active"]),
    helper.make_node("Gemm", ["active", "last", "bias"], ["meant"]),
    helper.make_node("Add", ["words", "meant"], ["scores"]),
    helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
]
graph = helper.make_graph(
    nodes,
    "topic",
    [
        helper.make_tensor_value_info("buckets", TensorProto.INT32, ["texts", "features"]),
        helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["texts", 1, "features"]),
        helper.make_tensor_value_info("meaning", TensorProto.FLOAT, ["texts", shape["meaningLength"]]),
    ],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["texts", classes])],
    [numpy_helper.from_array(value, name) for name, value in initializers.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="nexus")
model.ir_version = 8
model.doc_string = "What a page is about, from hashed words and vectors of meaning. See topic.md."
onnx.checker.check_model(model)
(folder / "topic.onnx").write_bytes(model.SerializeToString())
(folder / "thresholds.json").write_text(json.dumps({"leastConfidence": 0.15, "leastFurtherConfidence": 0.2}))
