"""Fits the intent network: a table of hashed features, summed, one hidden layer, softmax over the labels.

    python fit.py <folder>

The folder holds what train.ts wrote: shape.json, offsets.i32, buckets.i32, weights.f32, labels.i32. Written
back: table.f32, layer1.f32, bias1.f32, layer2.f32, bias2.f32, temperature.json.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

folder = Path(sys.argv[1])
shape = json.loads((folder / "shape.json").read_text())
torch.manual_seed(shape["seed"])
torch.set_num_threads(1)
generator = np.random.default_rng(shape["seed"])

offsets = np.fromfile(folder / "offsets.i32", dtype="<i4")
buckets = np.fromfile(folder / "buckets.i32", dtype="<i4")
weights = np.fromfile(folder / "weights.f32", dtype="<f4")
labels = np.fromfile(folder / "labels.i32", dtype="<i4")
count = len(labels)
# One example in 20 sets the temperature and is not trained on.
is_held = np.arange(count) % 20 == 7
train, held = np.flatnonzero(~is_held), np.flatnonzero(is_held)

width, hidden, classes = shape["width"], shape["hidden"], shape["classes"]
table = nn.Parameter(torch.randn(shape["buckets"], width) * 0.05)
head = nn.Sequential(
    nn.Linear(width, hidden), nn.ReLU(), nn.Dropout(shape["dropout"]), nn.Linear(hidden, classes)
)
# kinds weigh what shape.json says, whatever their number of examples
totals = np.bincount(labels[train], minlength=classes).astype(np.float64)
share = np.array(shape["shares"])
class_weights = torch.tensor(share / np.maximum(totals, 1) * len(train), dtype=torch.float32)
optimiser = torch.optim.AdamW(
    [
        {"params": [table], "weight_decay": 0.0, "lr": shape["rate"]},
        {"params": head.parameters(), "weight_decay": 1e-3, "lr": shape["rate"] / 2},
    ]
)
steps_per_epoch = len(train) // shape["batch"]
schedule = torch.optim.lr_scheduler.OneCycleLR(
    optimiser,
    [shape["rate"], shape["rate"] / 2],
    total_steps=steps_per_epoch * shape["epochs"] + 1,
    pct_start=0.1,
)
smooth = shape["smoothing"]


def bag(rows, drop):
    parts = [np.arange(offsets[row], offsets[row + 1]) for row in rows]
    flat = np.concatenate(parts)
    sizes = np.array([len(part) for part in parts])
    values = weights[flat].copy()
    if drop > 0:
        values *= (generator.random(len(flat)) >= drop) / (1 - drop)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return nn.functional.embedding_bag(
        torch.from_numpy(buckets[flat].astype(np.int64)),
        table,
        torch.from_numpy(starts.astype(np.int64)),
        mode="sum",
        per_sample_weights=torch.from_numpy(values.astype(np.float32)),
    )


def scores(rows):
    head.eval()
    with torch.no_grad():
        return torch.cat([head(bag(part, 0)) for part in np.array_split(rows, max(1, len(rows) // 2048))])


for epoch in range(shape["epochs"]):
    head.train()
    order = generator.permutation(train)
    loss_sum = 0.0
    for step in range(steps_per_epoch):
        rows = order[step * shape["batch"] : (step + 1) * shape["batch"]]
        target = torch.from_numpy(labels[rows].astype(np.int64))
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(
            head(bag(rows, shape["featureDropout"])), target, weight=class_weights, label_smoothing=smooth
        )
        loss.backward()
        optimiser.step()
        schedule.step()
        loss_sum += loss.item()
    right = (scores(held).argmax(1).numpy() == labels[held]).mean()
    print(f"epoch {epoch + 1} of {shape['epochs']}: loss {loss_sum / steps_per_epoch:.4f}, held {right:.4f}", flush=True)

logits, target = scores(held), torch.from_numpy(labels[held].astype(np.int64))
candidates = np.linspace(0.3, 2.0, 86)
losses = [nn.functional.cross_entropy(logits / float(t), target).item() for t in candidates]
temperature = float(candidates[int(np.argmin(losses))])
print(f"temperature {temperature:.2f}")
first, last = head[0], head[3]
for name, value in {
    "table": table,
    "layer1": first.weight,
    "bias1": first.bias,
    "layer2": last.weight,
    "bias2": last.bias,
}.items():
    value.detach().numpy().astype("<f4").tofile(folder / f"{name}.f32")
(folder / "temperature.json").write_text(json.dumps({"temperature": temperature}))
