"""Hide words that the network is to find again (Devlin et al. 2019, arXiv 1810.04805)."""

from dataclasses import dataclass

import torch
from torch import Tensor

from qa.reader.tokens import MASK, SEP, special

_MASKED, _RANDOM = 0.8, 0.1  # of the hidden words; the others are left as they are


@dataclass(frozen=True, slots=True)
class Hidden:
    """Tokens of which some are hidden, and which these are: both `(b, t)`."""

    ids: Tensor
    hidden: Tensor


def hide(ids: Tensor, share: float, known: Tensor, generator: torch.Generator) -> Hidden:
    """Hide a share of the tokens; only those that are `known`, `(b, t)`, are to be found again."""

    def drawn() -> Tensor:
        return torch.rand(ids.shape, generator=generator)

    hidden = (drawn() < share) & known & (ids != special(SEP))
    kind = drawn()
    masked = torch.where(hidden & (kind < _MASKED), special(MASK), ids)
    others = ids.flatten()[torch.randperm(ids.numel(), generator=generator)].view(ids.shape)
    return Hidden(torch.where(hidden & (kind > 1 - _RANDOM), others, masked), hidden)
