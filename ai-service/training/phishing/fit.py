"""Fits the phishing model to the arrays that train.ts wrote, and writes it as ONNX with 8-bit tables.

    fit.py <work folder> <numbers> <buckets> <seed>

Two bags of hashed n-grams (host, path) and the numbers, one hidden layer. Prints how it does on every source of
`elsewhere`, none of which is trained on, after each epoch.
"""
import json
import os
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.metrics import roc_auc_score

work, number_count, bucket_count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
width, hidden = 12, 48
epochs, gram_dropout, decay = 2, 0.5, 1e-5
torch.set_num_threads(1)
torch.manual_seed(seed)


def read(part):
    base = os.path.join(work, part)
    numbers = np.fromfile(base + ".numbers", np.float32).reshape(-1, number_count)
    bags = []
    for table in ("host", "path"):
        rows = np.fromfile(f"{base}.{table}", np.uint16)
        ends = np.fromfile(f"{base}.{table}Ends", np.int32)
        bags.append((rows, np.concatenate([[0], ends])))
    labels = np.fromfile(base + ".labels", np.uint8)
    sources = np.array(open(base + ".sources").read().split("\n"))
    return numbers, bags, labels, sources


def gather(bag, chosen):
    rows, ends = bag
    parts = [rows[ends[i]:ends[i + 1]] for i in chosen]
    offsets = np.cumsum([0] + [len(part) for part in parts[:-1]])
    return torch.from_numpy(np.concatenate(parts).astype(np.int64)), torch.from_numpy(offsets.astype(np.int64))


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.host = torch.nn.EmbeddingBag(bucket_count, width, mode="mean")
        self.path = torch.nn.EmbeddingBag(bucket_count, width, mode="mean")
        for table in (self.host, self.path):
            torch.nn.init.normal_(table.weight, std=0.1)
        self.inner = torch.nn.Linear(number_count + 2 * width, hidden)
        self.outer = torch.nn.Linear(hidden, 1)

    def forward(self, numbers, host, path):
        bags = []
        for vector in (self.host(*host), self.path(*path)):
            if self.training:
                # Whole bags are left out, so that the numbers have to suffice where the letters are new.
                keep = (torch.rand(vector.shape[0], 1) >= gram_dropout).float()
                vector = torch.nn.functional.dropout(vector, 0.1) * keep
            bags.append(vector * 4)
        x = torch.relu(self.inner(torch.cat([numbers] + bags, 1)))
        x = torch.nn.functional.dropout(x, 0.2, self.training)
        return self.outer(x)[:, 0]


def score(network, part):
    numbers, bags, _, _ = part
    network.eval()
    scores = []
    with torch.no_grad():
        for start in range(0, len(numbers), 4096):
            chosen = range(start, min(start + 4096, len(numbers)))
            scores.append(network(torch.from_numpy(numbers[start:start + 4096]), *[gather(b, chosen) for b in bags]))
    return torch.cat(scores).numpy()


def report(scores, labels, sources, epoch):
    honest = scores[labels == 0]
    line = [f"epoch {epoch}"]
    limit = np.quantile(honest, 0.99)
    for source in sorted(set(sources[labels == 1])):
        own = scores[(labels == 1) & (sources == source)]
        auc = roc_auc_score(np.r_[np.zeros(len(honest)), np.ones(len(own))], np.r_[honest, own])
        line.append(f"{source} auc {auc:.4f} tpr@1% {np.mean(own > limit):.4f} tpr@.1% {np.mean(own > np.quantile(honest, .999)):.4f}")
    for source in sorted(set(sources[labels == 0])):
        line.append(f"{source} over limit {np.mean(scores[(labels == 0) & (sources == source)] > limit):.4f}")
    print("; ".join(line), flush=True)


train, valid, elsewhere = read("train"), read("valid"), read("elsewhere")
known = json.load(open(os.path.join(work, "known-column.json")))
network = Network()
tables = [network.host.weight, network.path.weight]
others = [p for n, p in network.named_parameters() if not n.startswith(("host", "path"))]
optimizer = torch.optim.Adam([{"params": tables, "lr": 4e-3, "weight_decay": decay}, {"params": others, "lr": 2e-3, "weight_decay": 1e-5}])
generator = np.random.default_rng(seed)
size, labels = 512, torch.from_numpy(train[2].astype(np.float32))
steps = epochs * ((len(labels) + size - 1) // size)
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
for epoch in range(1, epochs + 1):
    network.train()
    total, batches = 0.0, 0
    order = generator.permutation(len(labels))
    for start in range(0, len(order), size):
        chosen = order[start:start + size]
        numbers = torch.from_numpy(train[0][chosen])
        numbers[:, known] *= (torch.rand(len(chosen)) < 0.3).float()
        target = labels[chosen] * 0.96 + 0.02
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(numbers, *[gather(b, chosen) for b in train[1]]), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item()
        batches += 1
        if batches % 200 == 0:
            print(f"epoch {epoch}, {start + size} of {len(order)}, loss {total / batches:.4f}", flush=True)
    report(score(network, valid), valid[2], valid[3], f"{epoch} valid")
    report(score(network, elsewhere), elsewhere[2], elsewhere[3], epoch)

# The confidence is set on addresses that were not trained on (Platt 1999), half of them phishing.
scores = torch.from_numpy(score(network, valid))
truth = torch.from_numpy(valid[2].astype(np.float32))
weight = torch.where(truth == 1, 0.5 / truth.mean(), 0.5 / (1 - truth.mean()))
scale, shift = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
platt = torch.optim.LBFGS([scale, shift], max_iter=100)


def closure():
    platt.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores * scale + shift, truth, weight=weight)
    loss.backward()
    return loss


platt.step(closure)
scale, shift = scale.item(), shift.item()
calibrated = 1 / (1 + np.exp(-(scores.numpy() * scale + shift)))
homes = calibrated[valid[3] == "home"]
honest = calibrated[valid[2] == 0]
thresholds = {"notable": float(np.quantile(honest, 0.99)), "alarming": float(np.quantile(homes, 0.9995))}
print(f"scale {scale:.3f} shift {shift:.3f} thresholds {thresholds} homes {len(homes)}")
json.dump(thresholds, open(os.path.join(work, "thresholds.json"), "w"))


def quantize(table):
    values = table.detach().numpy()
    step = np.abs(values).max(0) / 127
    return np.round(values / step).astype(np.int8), step.astype(np.float32)


initializers, nodes = [], []


def constant(name, array):
    initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
    return name


for name, table in (("host", network.host.weight), ("path", network.path.weight)):
    rows, step = quantize(table)
    nodes.append(helper.make_node("Gather", [constant(f"{name}Rows", rows), name], [f"{name}Bytes"], axis=0))
    nodes.append(helper.make_node("Cast", [f"{name}Bytes"], [f"{name}Floats"], to=TensorProto.FLOAT))
    nodes.append(helper.make_node("ReduceMean", [f"{name}Floats"], [f"{name}Mean"], axes=[1], keepdims=0))
    nodes.append(helper.make_node("Mul", [f"{name}Mean", constant(f"{name}Step", step * 4)], [f"{name}Vector"]))
nodes.append(helper.make_node("Concat", ["numbers", "hostVector", "pathVector"], ["input"], axis=1))
nodes.append(helper.make_node("Gemm", ["input", constant("innerWeight", network.inner.weight.detach().numpy()), constant("innerBias", network.inner.bias.detach().numpy())], ["innerOut"], transB=1))
nodes.append(helper.make_node("Relu", ["innerOut"], ["active"]))
outer = network.outer.weight.detach().numpy() * scale
bias = network.outer.bias.detach().numpy() * scale + shift
nodes.append(helper.make_node("Gemm", ["active", constant("outerWeight", outer.astype(np.float32)), constant("outerBias", bias.astype(np.float32))], ["logit"], transB=1))
nodes.append(helper.make_node("Sigmoid", ["logit"], ["probability"]))
graph = helper.make_graph(
    nodes,
    "phishing",
    [
        helper.make_tensor_value_info("numbers", TensorProto.FLOAT, [1, number_count]),
        helper.make_tensor_value_info("host", TensorProto.INT32, [1, "hostBuckets"]),
        helper.make_tensor_value_info("path", TensorProto.INT32, [1, "pathBuckets"]),
    ],
    [helper.make_tensor_value_info("probability", TensorProto.FLOAT, [1, 1])],
    initializers,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, os.path.join(work, "phishing.onnx"))
