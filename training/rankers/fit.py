"""Fits small networks: over lists of which one item is right, and over yes and no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.models.mlp import MLP

Flags = npt.NDArray[np.bool_]
Loss = Callable[[], Tensor]
_FAR = -1e4


@dataclass(frozen=True, slots=True)
class List:
    """Items in groups, of one question: features `(n, f)`, which are right, where groups begin.

    A group is a passage with its sentences as items; its logit is the logsumexp of theirs. Where
    groups play no part there is one for each item. `prior` are the log-odds `(n,)` that the network
    adds to; none is zero.
    """

    features: Vectors
    right: Flags
    groups: Int64Array
    prior: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is fitted.

    `groups_count` is what telling right groups from wrong ones counts beside ranking the right
    item first. `networks` are fitted, each from another start, and averaged.
    """

    hidden: tuple[int, ...] = (32, 32)
    steps: int = 3000
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.1
    groups_count: float = 0.05
    networks: int = 1


def fit_lists(lists: Sequence[List], names: Sequence[str], recipe: Recipe, seed: int) -> MLP:
    """A network that scores the right item of each list highest (softmax over the list).

    Lists without a right item teach only that no group of them is right.
    """
    mean, scale = _moments(np.concatenate([one.features for one in lists[::10]]))
    net = _net(len(names), recipe.hidden, seed)
    chance = np.random.default_rng(seed)

    def loss() -> Tensor:
        chosen = [lists[at] for at in chance.integers(0, len(lists), recipe.batch)]
        scores = net(_standardised(np.concatenate([one.features for one in chosen]), mean, scale))
        priors = np.concatenate([_prior(one) for one in chosen])
        return _list_loss(scores.squeeze(-1) + torch.tensor(priors), chosen, recipe.groups_count)

    _descend(net, loss, recipe)
    return _exported(net, names, mean, scale)


def fit_flags(
    features: Vectors, right: Flags, names: Sequence[str], recipe: Recipe, seed: int
) -> MLP:
    """A network whose output is the log-odds that a row is right.

    Several are averaged, as where few rows are each one goes its own way.
    """
    mean, scale = _moments(features)
    inputs = _standardised(features, mean, scale)
    targets = torch.tensor(right, dtype=torch.float32)

    def one(start: int) -> MLP:
        net = _net(len(names), recipe.hidden, start)
        chance = np.random.default_rng(start)

        def loss() -> Tensor:
            rows = torch.tensor(chance.integers(0, len(right), recipe.batch))
            logits = net(inputs[rows]).squeeze(-1)
            return nn.functional.binary_cross_entropy_with_logits(logits, targets[rows])

        _descend(net, loss, recipe)
        return _exported(net, names, mean, scale)

    return averaged([one(seed + number) for number in range(recipe.networks)])


def averaged(networks: Sequence[MLP]) -> MLP:
    """One network whose output is the mean of others with one hidden layer and the same inputs.

    Their hidden layers stand side by side, so running it costs one product for all.
    """
    first = networks[0]
    if len(networks) == 1:
        return first
    hidden = [network.layers[0] for network in networks]
    last = [network.layers[1] for network in networks]
    return MLP(
        first.inputs,
        first.mean,
        first.scale,
        (
            (np.concatenate([w for w, _ in hidden]), np.concatenate([b for _, b in hidden])),
            (
                np.asarray(
                    np.concatenate([w for w, _ in last], axis=1) / len(networks), np.float32
                ),
                np.asarray(np.mean([b for _, b in last], axis=0), dtype=np.float32),
            ),
        ),
    )


def _prior(one: List) -> Vectors:
    return np.zeros(len(one.right), np.float32) if one.prior is None else one.prior


def _list_loss(scores: Tensor, lists: Sequence[List], groups_count: float) -> Tensor:
    right = torch.tensor(np.concatenate([one.right for one in lists]))
    sizes = [len(one.right) for one in lists]
    parts = zip(scores.split(sizes), right.split(sizes), strict=True)
    ranked = [
        torch.logsumexp(own, 0) - torch.logsumexp(own[is_right], 0)
        for own, is_right in parts
        if bool(is_right.any())
    ]
    total = torch.stack(ranked).mean() if ranked else scores.sum() * 0
    if not groups_count:
        return total
    offsets = np.cumsum([0, *sizes[:-1]])
    starts = np.concatenate([one.groups + at for one, at in zip(lists, offsets, strict=True)])
    owners = np.zeros(len(right), dtype=np.int64)
    owners[starts[1:]] = 1
    logits = _grouped(scores, torch.tensor(np.cumsum(owners)), len(starts))
    targets = torch.tensor(np.maximum.reduceat(right.numpy(), starts), dtype=torch.float32)
    told = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="sum")
    return total + groups_count * told / len(lists)


def _grouped(scores: Tensor, owners: Tensor, count: int) -> Tensor:
    """The logsumexp of each group."""
    highest = torch.full((count,), _FAR).scatter_reduce(0, owners, scores.detach(), "amax")
    sums = torch.zeros(count).index_add(0, owners, torch.exp(scores - highest[owners]))
    return highest + torch.log(sums)


def _descend(net: nn.Module, loss: Loss, recipe: Recipe) -> None:
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, recipe.steps)
    for _ in range(recipe.steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        falling.step()


def _net(inputs: int, hidden: Sequence[int], seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    widths = [inputs, *hidden]
    layers: list[nn.Module] = []
    for wide, next_wide in pairwise(widths):
        layers += [nn.Linear(wide, next_wide), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(widths[-1], 1))


def _moments(features: Vectors) -> tuple[Vectors, Vectors]:
    return features.mean(axis=0), features.std(axis=0) + 1e-3


def _standardised(features: Vectors, mean: Vectors, scale: Vectors) -> Tensor:
    return torch.tensor(((features - mean) / scale).clip(-5, 5), dtype=torch.float32)


def _exported(net: nn.Sequential, names: Sequence[str], mean: Vectors, scale: Vectors) -> MLP:
    layers = tuple(
        (part.weight.detach().numpy().copy(), part.bias.detach().numpy().copy())
        for part in net
        if isinstance(part, nn.Linear)
    )
    return MLP(tuple(names), mean, scale, layers)
