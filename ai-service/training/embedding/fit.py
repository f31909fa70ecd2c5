"""The numeric part of training the embedding model. Called by train.ts: fit.py <folder of arrays>.

Reads the arrays that prepare.ts wrote and writes table.bin: float32, one row of 128 numbers for the empty row, each
word and each bucket. Every stage keeps its result in the folder, so that a training that was stopped goes on where it
was. Strings are not read here: all pre-processing is in ai-service/embedding/tokenizer.ts.
"""
import json
import os
import sys
import time

import numpy as np
import scipy.sparse as sparse
import torch
import torch.nn.functional as F
from scipy.stats import spearmanr

torch.set_num_threads(1)
FOLDER = sys.argv[1]
WIDTH = 128
CONTRAST_SEEDS, CONTRAST_STEPS = (1, 12), 2500
# Seed, steps, rates of the table and of the pieces, share of steps with pairs, whether an eighth of the scored pairs is
# left out. The last run chose the settings on that eighth; it is averaged with the others.
SCORED_RUNS = (
    (21, 200, 1e-4, 3e-3, 0.1, False),
    (22, 200, 1e-4, 3e-3, 0.1, False),
    (23, 200, 1e-4, 3e-3, 0.1, False),
    (1, 300, 3e-4, 4e-3, 0.3, True),
)
META = json.load(open(os.path.join(FOLDER, 'meta.json')))
WORDS, BUCKETS, GIVEN = META['words'], META['buckets'], META['dimensions']
ROWS = 1 + WORDS + BUCKETS


def read(name, kind):
    return np.fromfile(os.path.join(FOLDER, name + '.bin'), kind)


class Ragged:
    """Texts as rows and weights, one after the other."""

    def __init__(self, name):
        self.rows = read(name + '-rows', np.int32)
        self.offsets = read(name + '-offsets', np.int32).astype(np.int64)
        path = os.path.join(FOLDER, name + '-weights.bin')
        self.weights = read(name + '-weights', np.float32) if os.path.exists(path) else np.ones(len(self.rows), np.float32)

    def batch(self, ids, longest=200, drop=0.0, rng=None):
        starts = self.offsets[ids]
        lengths = np.minimum(self.offsets[ids + 1] - starts, longest)
        firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.arange(lengths.sum()) - np.repeat(firsts, lengths) + np.repeat(starts, lengths)
        weights = self.weights[places].copy()
        if drop > 0:
            weights *= rng.random(len(weights)) >= drop
        return torch.from_numpy(self.rows[places].astype(np.int64)), torch.from_numpy(firsts), torch.from_numpy(weights)


def embed(table, batch, sparse_gradient=False):
    rows, firsts, weights = batch
    sums = F.embedding_bag(rows, table, firsts, mode='sum', per_sample_weights=weights, sparse=sparse_gradient)
    return F.normalize(sums, dim=1)


def frequency_weights():
    """a / (a + p), with p by Zipf's law from the rank (Arora et al. 2017, "A Simple but Tough-to-Beat Baseline")."""
    share = 1 / (np.arange(WORDS) + 3) / np.log(WORDS)
    return (1e-3 / (1e-3 + share)).astype(np.float32)[:, None]


def initial_table():
    """Given vectors without what they have in common (Mu and Viswanath 2018, "All-but-the-Top"), drawn together along
    WordNet (Faruqui et al. 2015, "Retrofitting"), beside a random projection of character n-grams; then the 128
    directions with the most variance."""
    given = read('initial', np.float32).reshape(WORDS, GIVEN)
    known = np.linalg.norm(given, axis=1) > 0
    mean = given[known].mean(0)
    common = np.linalg.svd(np.where(known[:, None], given - mean, 0)[:20000], full_matrices=False)[2][:2]
    average = None

    def cleaned(vectors):
        centred = vectors - mean
        centred = centred - centred @ common.T @ common
        return centred, np.linalg.norm(centred, axis=1, keepdims=True)

    base, norms = cleaned(given)
    base, norms = np.where(known[:, None], base, 0), np.where(known[:, None], norms, 0)
    average = norms[known].mean()
    base = base / np.sqrt(np.maximum(norms, 1e-6) * average)
    links = read('links', np.int32).reshape(-1, 3)
    kinds = np.array([1, 0, 1, 1, 0.0])[links[:, 2]]
    near = sparse.coo_matrix((kinds, (links[:, 0] - 1, links[:, 1] - 1)), shape=(WORDS, WORDS))
    near = (near + near.T).tocsr()
    near.data = np.minimum(near.data, 2)
    degree = np.asarray(near.sum(1)).ravel()
    pull = np.minimum(degree, 1) / np.maximum(degree, 1e-9)
    own = known.astype(np.float32)
    drawn = base.copy()
    for _ in range(8):
        drawn = (own[:, None] * base + pull[:, None] * (near @ drawn)) / np.maximum(own + pull * degree, 1e-9)[:, None]

    pieces = Ragged('pieces')
    targets, target_norms = cleaned(read('pieces-targets', np.float32).reshape(-1, GIVEN))
    targets = torch.from_numpy((targets / np.sqrt(np.maximum(target_norms, 1e-6) * average)).astype(np.float32))
    buckets = torch.zeros(ROWS, GIVEN, requires_grad=True)
    optimiser = torch.optim.SparseAdam([buckets], lr=5e-3)
    rng = np.random.default_rng(5)
    for epoch in range(2):
        order, total = rng.permutation(len(targets)), 0.0
        for start in range(0, len(order), 1024):
            ids = order[start:start + 1024]
            rows, firsts, _ = pieces.batch(ids)
            guess = F.embedding_bag(rows, buckets, firsts, mode='mean', sparse=True)
            loss = ((guess - targets[ids]) ** 2).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(ids)
        print(f'pieces: pass {epoch + 1} of 2, error {total / len(order):.3f}', flush=True)

    letters = 256
    rng = np.random.default_rng(0)
    own_pieces = Ragged('word-pieces')
    holding = np.bincount(own_pieces.rows, minlength=ROWS).astype(np.float32)
    rarity = np.log(WORDS / (1 + holding)).astype(np.float32)
    random = rng.standard_normal((ROWS, letters)).astype(np.float32) / np.float32(np.sqrt(letters))
    rows, firsts, _ = own_pieces.batch(np.arange(WORDS), 10_000)
    weights = torch.from_numpy(rarity[own_pieces.rows])
    spelling = F.embedding_bag(rows, torch.from_numpy(random), firsts, mode='sum', per_sample_weights=weights)
    table = np.zeros((ROWS, GIVEN + letters), np.float32)
    frequency = frequency_weights()
    table[1:1 + WORDS, :GIVEN] = drawn * frequency
    table[1:1 + WORDS, GIVEN:] = F.normalize(spelling, dim=1).numpy() * frequency * 1.2
    table[1 + WORDS:, :GIVEN] = buckets.detach().numpy()[1 + WORDS:]
    table[1 + WORDS:, GIVEN:] = (random * rarity[:, None].clip(0))[1 + WORDS:] * 0.6
    counts = (read('counts', np.int32) + 0.2) ** 0.5
    words = table[1:1 + WORDS].astype(np.float64)
    directions = np.linalg.eigh((words * counts[:, None]).T @ words)[1][:, ::-1][:, :WIDTH]
    return table @ directions.astype(np.float32)


TEXTS = Ragged('texts')
GROUPS = [(g['name'], read('pairs-' + g['name'], np.int32).reshape(-1, 2)) for g in META['groups'] if g['pairs'] > 0]
SCORED = read('scored', np.int32).reshape(-1, 3)
SCORES = read('scores', np.float32)


def group_share(name, size):
    share = size ** 0.5
    if name.startswith('halves'):
        return share * 0.4
    return share * 0.5 if name in ('wordnet-broader', 'wordnet-example') or name.endswith('_train') else share


SHARES = np.array([group_share(name, len(pairs)) for name, pairs in GROUPS])
SHARES /= SHARES.sum()


def contrast(table, rng, size=256, drop=0.1):
    """InfoNCE over the pairs of one source: each text finds its partner among those of the others."""
    name, pairs = GROUPS[rng.choice(len(GROUPS), p=SHARES)]
    is_intent = name.endswith('_train')
    chosen = pairs[rng.choice(len(pairs), min(64 if is_intent else size, len(pairs)), replace=False)]
    first = embed(table, TEXTS.batch(chosen[:, 0], 64, drop, rng), True)
    second = embed(table, TEXTS.batch(chosen[:, 1], 64, drop, rng), True)
    likeness = first @ second.T / (0.1 if is_intent else 0.06)
    repeated = (chosen[:, 1][None, :] == chosen[:, 1][:, None]) | (chosen[:, 0][None, :] == chosen[:, 0][:, None])
    same = torch.from_numpy(repeated).fill_diagonal_(False)
    likeness = likeness.masked_fill(same, -1e4)
    right = torch.arange(len(chosen))
    return (F.cross_entropy(likeness, right) + F.cross_entropy(likeness.T, right)) / 2


class Shared:
    """Rows that are a table's own plus the mean of their pieces: what is learned of a word reaches those spelled alike."""

    def __init__(self, table):
        self.table = table
        self.pieces = torch.nn.Parameter(torch.zeros(BUCKETS, WIDTH))
        self.own = Ragged('word-pieces')
        self.lengths = torch.from_numpy(np.linalg.norm(table.detach().numpy(), axis=1))

    def embed(self, batch):
        rows, firsts, weights = batch
        sums = F.embedding_bag(rows, self.table, firsts, mode='sum', per_sample_weights=weights, sparse=True)
        ids = rows.numpy()
        is_word = ids <= WORDS
        words = np.where(is_word, ids - 1, 0)
        counts = np.where(is_word, self.own.offsets[words + 1] - self.own.offsets[words], 1)
        starts = np.concatenate([[0], np.cumsum(counts)])
        inside = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
        spelled = self.own.rows[np.minimum(inside + np.repeat(self.own.offsets[words], counts), len(self.own.rows) - 1)]
        pieces = np.where(np.repeat(is_word, counts), spelled, np.repeat(ids, counts)) - 1 - WORDS
        each = weights * torch.where(torch.from_numpy(is_word), self.lengths[rows], 1.0) / torch.from_numpy(counts)
        shares = each.float().repeat_interleave(torch.from_numpy(counts))
        sums = sums + F.embedding_bag(
            torch.from_numpy(pieces.astype(np.int64)),
            self.pieces,
            torch.from_numpy(starts[firsts.numpy()]),
            mode='sum',
            per_sample_weights=shares,
            sparse=True,
        )
        return F.normalize(sums, dim=1)

    def folded(self):
        with torch.no_grad():
            rows, firsts, _ = self.own.batch(np.arange(WORDS), 10_000)
            means = F.embedding_bag(rows - 1 - WORDS, self.pieces, firsts, mode='mean')
            table = self.table.clone()
            table[1:1 + WORDS] += means * self.lengths[1:1 + WORDS, None]
            table[1 + WORDS:] += self.pieces
        return table


def left_out():
    """About an eighth of the scored pairs: those that share a text with a fixed part of them."""
    drawn = (SCORED[:, 0].astype(np.int64) * 2654435761 >> 7) % 8 == 0
    texts = np.union1d(SCORED[drawn, 0], SCORED[drawn, 1])
    return np.isin(SCORED[:, 0], texts) | np.isin(SCORED[:, 1], texts)


def agreement(shared, rng, usable, size=256, drop=0.07):
    """The order of pairs (CoSENT) and the correlation with people's scores."""
    chosen = rng.choice(usable, size, replace=False)
    first = shared.embed(TEXTS.batch(SCORED[chosen, 0], 200, drop, rng))
    second = shared.embed(TEXTS.batch(SCORED[chosen, 1], 200, drop, rng))
    likeness, scores = (first * second).sum(1), torch.from_numpy(SCORES[chosen])
    wrong = ((likeness[None, :] - likeness[:, None]) * 20)[scores[None, :] < scores[:, None] - 1e-6]
    order = torch.logsumexp(torch.cat([torch.zeros(1), wrong]), 0)
    a, b = likeness - likeness.mean(), scores - scores.mean()
    return order * 0.1 + (1 - (a * b).sum() / (a.norm() * b.norm() + 1e-6)) * 2


def on_scored(table):
    with torch.no_grad():
        first, second = embed(table, TEXTS.batch(SCORED[:, 0])), embed(table, TEXTS.batch(SCORED[:, 1]))
        return spearmanr((first * second).sum(1).numpy(), SCORES)[0]


def contrast_stage(start, seed):
    rng = np.random.default_rng(seed)
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.SparseAdam([table], lr=2e-3)
    run(f'pairs, seed {seed}', CONTRAST_STEPS, optimiser, lambda: contrast(table, rng), lambda: table.detach())
    return table.detach().numpy()


def scored_stage(start, seed, steps, table_rate, pieces_rate, pairs_share, leaves_out):
    rng = np.random.default_rng(seed)
    usable = np.flatnonzero(~left_out()) if leaves_out else np.arange(len(SCORES))
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    shared = Shared(table)
    rates = [{'params': [table], 'lr': table_rate}, {'params': [shared.pieces], 'lr': pieces_rate}]

    def loss():
        own = agreement(shared, rng, usable)
        return own + contrast(table, rng, 128) * 0.5 if rng.random() < pairs_share else own

    run(f'scores, seed {seed}', steps, torch.optim.SparseAdam(rates), loss, shared.folded)
    return shared.folded().numpy()


def run(name, steps, optimiser, loss_of, table_of):
    rates = [group['lr'] for group in optimiser.param_groups]
    started = time.time()
    for step in range(steps):
        for group, rate in zip(optimiser.param_groups, rates):
            group['lr'] = rate * (1 - step / steps * 0.9)
        loss = loss_of()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 49:
            figures = f'loss {loss.item():.3f}, scored pairs {on_scored(table_of()):.4f}'
            print(f'{name}: {step + 1} of {steps} steps, {time.time() - started:.0f} s, {figures}', flush=True)


def kept(name, make):
    path = os.path.join(FOLDER, name + '.npy')
    if not os.path.exists(path):
        np.save(path, make())
    return np.load(path)


def main():
    first = kept('stage-initial', initial_table)
    print(f'initial table: scored pairs {on_scored(torch.from_numpy(first)):.4f}', flush=True)
    # Tables that began alike are averaged: one model that does nearly as well as all of them together (Wortsman et
    # al. 2022, "Model soups").
    middle = np.mean(
        [
            kept(f'stage-contrast-{s}', lambda s=s: contrast_stage(first, s))
            for s in CONTRAST_SEEDS
        ],
        axis=0,
    )
    last = np.mean(
        [kept(f'stage-scored-{r[0]}', lambda r=r: scored_stage(middle, *r)) for r in SCORED_RUNS],
        axis=0,
    )
    last[0] = 0
    last.astype(np.float32).tofile(os.path.join(FOLDER, 'table.bin'))


if __name__ == '__main__':
    main()
