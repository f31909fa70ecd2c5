"""Trains the picture encoder: pictures of one design near each other, of different designs apart (NT-Xent, Chen et al. 2020).

Reads the thumbnails that train.ts drew, 4 a design, and writes ONNX. No strings are read here.
"""
import argparse
import math
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional

parser = argparse.ArgumentParser()
parser.add_argument('pictures')
parser.add_argument('out')
parser.add_argument('--designs', type=int)
parser.add_argument('--epochs', type=int, default=60)
parser.add_argument('--seed', type=int, default=20261120)
options = parser.parse_args()

torch.manual_seed(options.seed)
torch.set_num_threads(1)
random = np.random.default_rng(options.seed)
data = np.fromfile(options.pictures, dtype=np.uint8).reshape(-1, 4, 3, 40, 64)[: options.designs]
held = max(50, len(data) // 10)
train, check = torch.from_numpy(data[held:]), torch.from_numpy(data[:held])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        def block(into, out, stride):
            return nn.Sequential(nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())
        self.features = nn.Sequential(block(3, 24, 2), block(24, 48, 2), block(48, 64, 1), block(64, 96, 2), block(96, 96, 1))
        self.head = nn.Linear(96 * 5 * 8 // 4 + 96, 64)
        self.narrow = nn.Conv2d(96, 24, 1)

    def forward(self, pictures):
        # Layout keeps its place (narrow), colour and texture do not need one (mean).
        found = self.features(pictures / 127.5 - 1)
        both = torch.cat([self.narrow(found).flatten(1), found.mean((2, 3))], 1)
        return functional.normalize(self.head(both), dim=1)


def altered(pictures):
    """What differs between screens and moments, and is no difference of design."""
    count = len(pictures)
    result = pictures.float()
    gain = torch.from_numpy(random.uniform(0.92, 1.08, (count, 1, 1, 1)).astype(np.float32))
    result = (result * gain + torch.randn_like(result) * 3).clamp(0, 255)
    shift_y, shift_x = random.integers(-2, 3), random.integers(-2, 3)
    result = torch.roll(result, (int(shift_y), int(shift_x)), (2, 3))
    for index in range(count):
        if random.random() < 0.15:  # A notice lies over a part of the page.
            top, left = random.integers(0, 34), random.integers(0, 44)
            result[index, :, top : top + random.integers(4, 12), left : left + random.integers(8, 30)] = float(random.integers(0, 256))
    return result


def recall(model):
    """Of two pictures of each held-out design: how often each is nearest to the other among all designs."""
    model.eval()
    with torch.no_grad():
        first, second = model(check[:, 0].float()), model(check[:, 1].float())
        imitated = model(check[:, 3].float())
        of = lambda other: (first @ other.T).argmax(1).eq(torch.arange(len(first))).float().mean().item()
        return of(second), of(imitated)


model = Encoder()
epochs, size = options.epochs, 64
steps = epochs * math.ceil(len(train) / size)
optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
state = options.out + '.checkpoint'
begin = 0
if os.path.exists(state):
    saved = torch.load(state, weights_only=True)
    if saved['epochs'] == epochs and saved['designs'] == len(data):
        model.load_state_dict(saved['model'])
        optimiser.load_state_dict(saved['optimiser'])
        schedule.load_state_dict(saved['schedule'])
        begin = saved['epoch'] + 1
for epoch in range(begin, epochs):
    model.train()
    total = 0.0
    order = random.permutation(len(train))
    for at in range(0, len(order), size):
        chosen = torch.from_numpy(order[at : at + size])
        picks = [random.permutation(4)[:2] for _ in chosen]
        left = torch.stack([train[d, p[0]] for d, p in zip(chosen, picks)])
        right = torch.stack([train[d, p[1]] for d, p in zip(chosen, picks)])
        looks = model(torch.cat([altered(left), altered(right)]))
        similar = looks @ looks.T / 0.08
        similar.fill_diagonal_(-1e9)
        count = len(chosen)
        target = torch.cat([torch.arange(count, 2 * count), torch.arange(count)])
        loss = functional.cross_entropy(similar, target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        total += loss.item() * count
    if epoch % 5 == 4 or epoch == epochs - 1:
        same, imitation = recall(model)
        print(f'epoch {epoch + 1} of {epochs}, loss {total / len(train):.4f}, held-out designs found {same:.3f}, imitations {imitation:.3f}')
        torch.save({'epoch': epoch, 'epochs': epochs, 'designs': len(data), 'model': model.state_dict(),
                    'optimiser': optimiser.state_dict(), 'schedule': schedule.state_dict()}, state)

model.eval()
torch.onnx.export(model, torch.zeros(2, 3, 40, 64), options.out, input_names=['pictures'], output_names=['looks'],
                  dynamic_axes={'pictures': {0: 'pictures'}, 'looks': {0: 'pictures'}}, opset_version=17, dynamo=False)
os.remove(state)
