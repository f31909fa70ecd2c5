"""Fits the two small networks of the summary model and writes them as one ONNX file. Called by train.ts."""

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

work, sentence_width, term_width, sources = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split(",")
torch.set_num_threads(1)
torch.manual_seed(20261120)
# TL;DRs are whole sentences about whole texts; titles and first lines are shorter and vaguer.
weight_of = {"scitldr": 1.0}

sizes = np.fromfile(work / "sizes.i32", np.int32).reshape(-1, 3)
sentences = torch.from_numpy(np.fromfile(work / "sentences.f32", np.float32).reshape(-1, sentence_width))
sentence_targets = torch.from_numpy(np.fromfile(work / "sentence-targets.f32", np.float32))
terms = torch.from_numpy(np.fromfile(work / "terms.f32", np.float32).reshape(-1, term_width))
term_targets = torch.from_numpy(np.fromfile(work / "term-targets.f32", np.float32))
weights = torch.tensor([weight_of.get(sources[source], 0.35) for source, _, _ in sizes])


class Network(torch.nn.Module):
    def __init__(self, rows, hidden):
        super().__init__()
        self.mean, self.scale = rows.mean(0), rows.std(0) + 1e-3
        self.first = torch.nn.Linear(rows.shape[1], hidden)
        self.second = torch.nn.Linear(hidden, 1)
        self.drop = torch.nn.Dropout(0.15)

    def forward(self, rows):
        hidden = torch.relu(self.first(self.drop((rows - self.mean) / self.scale)))
        return self.second(hidden).squeeze(-1)


def optimiser(network, steps, rate):
    adam = torch.optim.AdamW(network.parameters(), rate, weight_decay=1e-2)
    return adam, torch.optim.lr_scheduler.OneCycleLR(adam, rate, total_steps=steps)


def fit_sentences(epochs=14, batch=64, temperature=0.05):
    """Listwise: the scores of one text's sentences, as a distribution, follow their ROUGE-1 with the reference."""
    starts = np.concatenate([[0], np.cumsum(sizes[:, 1])])
    longest = int(sizes[:, 1].max())
    count = len(sizes)
    rows = torch.zeros(count, longest, sentence_width)
    mask = torch.full((count, longest), -1e9)
    wanted = torch.zeros(count, longest)
    for place in range(count):
        size = int(sizes[place, 1])
        part = slice(starts[place], starts[place] + size)
        rows[place, :size] = sentences[part]
        mask[place, :size] = 0
        wanted[place, :size] = torch.softmax(sentence_targets[part] / temperature, 0)
    network = Network(sentences, 24)
    adam, schedule = optimiser(network, epochs * ((count + batch - 1) // batch), 3e-3)
    for epoch in range(epochs):
        order, total = torch.randperm(count), 0.0
        for start in range(0, count, batch):
            some = order[start : start + batch]
            logs = torch.log_softmax(network(rows[some]) + mask[some], 1).clamp(min=-30)
            loss = -((wanted[some] * logs).sum(1) * weights[some]).mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += float(loss) * len(some)
        print(f"sentences: epoch {epoch + 1} of {epochs}, loss {total / count:.4f}")
    return network


def fit_terms(epochs=6, batch=4096):
    """Whether a word of the text is in the reference."""
    each = weights.repeat_interleave(torch.from_numpy(sizes[:, 2].astype(np.int64)))
    network = Network(terms, 24)
    count = len(terms)
    adam, schedule = optimiser(network, epochs * ((count + batch - 1) // batch), 5e-3)
    for epoch in range(epochs):
        order, total = torch.randperm(count), 0.0
        for start in range(0, count, batch):
            some = order[start : start + batch]
            logits = network(terms[some])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, term_targets[some], weight=each[some]
            )
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += float(loss) * len(some)
        print(f"terms: epoch {epoch + 1} of {epochs}, loss {total / count:.4f}")
    return network


def layers(network, prefix, source, target, last):
    """Standardising is folded into the first layer."""
    scaled = network.first.weight.detach() / network.scale
    bias = network.first.bias.detach() - scaled @ network.mean
    arrays = {
        "w1": scaled.T.contiguous().numpy(),
        "b1": bias.numpy(),
        "w2": network.second.weight.detach().T.contiguous().numpy(),
        "b2": network.second.bias.detach().numpy(),
    }
    tensors = [numpy_helper.from_array(value.astype(np.float32), prefix + name) for name, value in arrays.items()]
    axes = numpy_helper.from_array(np.array([1], np.int64), prefix + "axes")
    nodes = [
        helper.make_node("Gemm", [source, prefix + "w1", prefix + "b1"], [prefix + "h"]),
        helper.make_node("Relu", [prefix + "h"], [prefix + "r"]),
        helper.make_node("Gemm", [prefix + "r", prefix + "w2", prefix + "b2"], [prefix + "o"]),
        helper.make_node("Squeeze", [prefix + "o", prefix + "axes"], [target if not last else prefix + "s"]),
    ]
    if last:
        nodes.append(helper.make_node(last, [prefix + "s"], [target]))
    return nodes, [*tensors, axes]


sentence_nodes, sentence_tensors = layers(fit_sentences(), "sentence_", "sentences", "scores", None)
term_nodes, term_tensors = layers(fit_terms(), "term_", "terms", "chances", "Sigmoid")
value = helper.make_tensor_value_info
graph = helper.make_graph(
    [*sentence_nodes, *term_nodes],
    "summary",
    [
        value("sentences", TensorProto.FLOAT, ["sentences", sentence_width]),
        value("terms", TensorProto.FLOAT, ["terms", term_width]),
    ],
    [value("scores", TensorProto.FLOAT, ["sentences"]), value("chances", TensorProto.FLOAT, ["terms"])],
    [*sentence_tensors, *term_tensors],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="nexus")
onnx.checker.check_model(model)
(work / "summary.onnx").write_bytes(model.SerializeToString())
