"""Fitting of small networks: a listwise softmax over candidates, and binary classification."""

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
class CandidateList:
    """The candidates of one question: features `(n, f)`, right ones, and starts of groups.

    A group is a passage with its sentences as candidates; its logit is the logsumexp of theirs.
    Without groups, each candidate is one. `prior` are log-odds `(n,)` to which the network adds;
    None is zero.
    """

    features: Vectors
    right: Flags
    groups: Int64Array
    prior: Vectors | None = None


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Hyperparameters of a fit.

    `group_weight` is the weight of classifying groups beside ranking the right candidate first. As
    many as `networks` are fitted from different initial weights and averaged.
    """

    hidden: tuple[int, ...] = (32, 32)
    steps: int = 3000
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.1
    group_weight: float = 0.05
    networks: int = 1


def fit_lists(
    lists: Sequence[CandidateList], names: Sequence[str], settings: FitSettings, seed: int
) -> MLP:
    """Fit a network that scores the right candidate of each list highest (listwise softmax).

    Lists without a right candidate only contribute that none of their groups is right.
    """
    mean, scale = _moments(np.concatenate([part.features for part in lists[::10]]))
    net = _net(len(names), settings.hidden, seed)
    chance = np.random.default_rng(seed)

    def loss() -> Tensor:
        batch = [lists[at] for at in chance.integers(0, len(lists), settings.batch)]
        scores = net(_standardised(np.concatenate([part.features for part in batch]), mean, scale))
        priors = np.concatenate([_prior(part) for part in batch])
        return _list_loss(scores.squeeze(-1) + torch.tensor(priors), batch, settings.group_weight)

    _descend(net, loss, settings)
    return _exported(net, names, mean, scale)


def fit_flags(
    features: Vectors, right: Flags, names: Sequence[str], settings: FitSettings, seed: int
) -> MLP:
    """Fit a network whose output is the log-odds that a row is right.

    Several networks are averaged, as a single one varies if rows are few.
    """
    mean, scale = _moments(features)
    inputs = _standardised(features, mean, scale)
    targets = torch.tensor(right, dtype=torch.float32)

    def fit(start: int) -> MLP:
        net = _net(len(names), settings.hidden, start)
        chance = np.random.default_rng(start)

        def loss() -> Tensor:
            rows = torch.tensor(chance.integers(0, len(right), settings.batch))
            logits = net(inputs[rows]).squeeze(-1)
            return nn.functional.binary_cross_entropy_with_logits(logits, targets[rows])

        _descend(net, loss, settings)
        return _exported(net, names, mean, scale)

    return averaged([fit(seed + number) for number in range(settings.networks)])


def averaged(networks: Sequence[MLP]) -> MLP:
    """Merge networks with one hidden layer and the same inputs into their mean.

    Their hidden layers are concatenated, so that it costs a single matrix product.
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


def _prior(candidates: CandidateList) -> Vectors:
    if candidates.prior is None:
        return np.zeros(len(candidates.right), np.float32)
    return candidates.prior


def _list_loss(scores: Tensor, lists: Sequence[CandidateList], group_weight: float) -> Tensor:
    right = torch.tensor(np.concatenate([part.right for part in lists]))
    sizes = [len(part.right) for part in lists]
    parts = zip(scores.split(sizes), right.split(sizes), strict=True)
    ranked = [
        torch.logsumexp(own, 0) - torch.logsumexp(own[is_right], 0)
        for own, is_right in parts
        if bool(is_right.any())
    ]
    total = torch.stack(ranked).mean() if ranked else scores.sum() * 0
    if not group_weight:
        return total
    offsets = np.cumsum([0, *sizes[:-1]])
    starts = np.concatenate([part.groups + at for part, at in zip(lists, offsets, strict=True)])
    owners = np.zeros(len(right), dtype=np.int64)
    owners[starts[1:]] = 1
    logits = _grouped(scores, torch.tensor(np.cumsum(owners)), len(starts))
    targets = torch.tensor(np.maximum.reduceat(right.numpy(), starts), dtype=torch.float32)
    loss = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="sum")
    return total + group_weight * loss / len(lists)


def _grouped(scores: Tensor, owners: Tensor, count: int) -> Tensor:
    """Return the logsumexp of each group."""
    highest = torch.full((count,), _FAR).scatter_reduce(0, owners, scores.detach(), "amax")
    sums = torch.zeros(count).index_add(0, owners, torch.exp(scores - highest[owners]))
    return highest + torch.log(sums)


def _descend(net: nn.Module, loss: Loss, settings: FitSettings) -> None:
    optimizer = torch.optim.AdamW(net.parameters(), lr=settings.rate, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, settings.steps)
    for _ in range(settings.steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        schedule.step()


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
