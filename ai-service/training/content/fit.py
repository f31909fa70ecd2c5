"""Fits the network of content/scorer.ts to the rows that train.ts wrote.

    fit.py <rows folder> <weights.json> [--seed N] [--hidden 24,12] [--epochs 12] [--hint-dropout .3]
"""

import argparse
import json
import pathlib

import numpy as np
import torch

parser = argparse.ArgumentParser()
parser.add_argument("rows", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=20261120)
parser.add_argument("--hidden", default="24,12")
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--hint-dropout", type=float, default=0.3)
parser.add_argument("--noise", type=float, default=0.15)
parser.add_argument("--decay", type=float, default=0.02)
parser.add_argument("--hints", type=int, default=30, help="numbers at the end of a row that come from names")
options = parser.parse_args()

torch.set_num_threads(1)
torch.manual_seed(options.seed)
shape = json.loads((options.rows / "shape.json").read_text())
width = shape["width"]
values = torch.from_numpy(np.fromfile(options.rows / "values", dtype=np.float32).reshape(-1, width))
labels = torch.from_numpy(np.fromfile(options.rows / "labels", dtype=np.int8).astype(np.float32))
weights = torch.from_numpy(np.fromfile(options.rows / "weights", dtype=np.float32))
sizes = np.fromfile(options.rows / "pages", dtype=np.int32)
page = torch.from_numpy(np.repeat(np.arange(len(sizes)), sizes))

# A long paragraph counts more than a menu entry, but not by its length; no page counts more than a few others.
importance = weights.clamp(10, 1000).sqrt()
of_page = torch.zeros(len(sizes)).index_add_(0, page, importance)
importance = importance / of_page[page].sqrt()
importance[labels < 0] = 0
importance = importance / importance.mean()

held = page % 20 == 3
shift = -values[~held].mean(0)
scale = 1 / values[~held].std(0).clamp(min=0.05)
inputs = (values + shift) * scale
empty = shift * scale

sizes_of_layers = [width, *(int(size) for size in options.hidden.split(",")), 1]
layers = [torch.nn.Linear(a, b) for a, b in zip(sizes_of_layers, sizes_of_layers[1:])]
network = torch.nn.Sequential(*(part for layer in layers[:-1] for part in (layer, torch.nn.ReLU())), layers[-1])
optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=options.decay)
train = torch.nonzero(~held).flatten()
batch = 1024
steps = options.epochs * (len(train) // batch)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps + 1)
loss_of = torch.nn.BCEWithLogitsLoss(reduction="none")


def measure():
    with torch.no_grad():
        score = network(inputs[held]).flatten()
        target, importance_held = labels[held].clamp(min=0), importance[held]
        loss = (loss_of(score, target) * importance_held).sum() / importance_held.sum()
        right = (((score > 0) == (target > 0.5)).float() * importance_held).sum() / importance_held.sum()
    return loss.item(), right.item()


for epoch in range(options.epochs):
    order = train[torch.randperm(len(train))]
    # Names tell much on the pages made up for this, and less out there: some pages are seen without them.
    nameless = torch.rand(len(sizes)) < options.hint_dropout
    total = 0.0
    for start in range(0, len(order) - batch + 1, batch):
        rows = order[start : start + batch]
        x = inputs[rows].clone()
        without = nameless[page[rows]]
        x[without, width - options.hints :] = empty[width - options.hints :]
        x = x + options.noise * torch.randn_like(x)
        target = labels[rows].clamp(min=0) * 0.96 + 0.02
        loss = (loss_of(network(x).flatten(), target) * importance[rows]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item()
    loss, right = measure()
    print(f"epoch {epoch + 1} of {options.epochs}: {total / (len(order) // batch):.4f}, held out {loss:.4f}, {right:.4f} right")


def rounded(tensor, digits):
    return [float(f"{number:.{digits}g}") for number in tensor.flatten().tolist()]


def shipped(layer, scaled_inputs):
    """Input after input, the scaling of the page's numbers taken in."""
    with torch.no_grad():
        weights = layer.weight * scale if scaled_inputs else layer.weight
        biases = layer.bias + weights @ shift if scaled_inputs else layer.bias
    return {"weights": rounded(weights.T, 4), "biases": rounded(biases, 6)}


options.out.write_text(
    json.dumps(
        {"inputs": width, "layers": [shipped(layer, index == 0) for index, layer in enumerate(layers)]},
        separators=(",", ":"),
    )
    + "\n"
)
