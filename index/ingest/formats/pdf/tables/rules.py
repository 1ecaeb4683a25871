"""Join the rules that are drawn on a page: pieces that touch are one, and so are double ones."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.ingest.formats.pdf.page_content import Box

NEAR = 3.0
"""Points: rules that are nearer than this touch, or are one rule drawn twice."""


class _Rule(NamedTuple):
    """A straight line, level or upright, at one position and from a start to an end."""

    at: float
    start: float
    end: float


def level_rules(rules: Sequence[Box]) -> list[Box]:
    """Return the level rules of a page, joined, as boxes without a height."""
    level = (
        _Rule(rule.middle, rule.left, rule.right) for rule in rules if rule.right - rule.left > NEAR
    )
    return [Box(rule.start, rule.at, rule.end, rule.at) for rule in _merged(level)]


def upright_rules(rules: Sequence[Box]) -> list[Box]:
    """Return the upright rules of a page, joined, as boxes without a width."""
    upright = (
        _Rule(rule.centre, rule.top, rule.bottom) for rule in rules if rule.bottom - rule.top > NEAR
    )
    return [Box(rule.at, rule.start, rule.at, rule.end) for rule in _merged(upright)]


def edges_of(areas: Sequence[Box]) -> list[Box]:
    """Return the four sides of each of several areas as rules."""
    return [
        side
        for area in areas
        for side in (
            Box(area.left, area.top, area.right, area.top),
            Box(area.left, area.bottom, area.right, area.bottom),
            Box(area.left, area.top, area.left, area.bottom),
            Box(area.right, area.top, area.right, area.bottom),
        )
    ]


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Move near rules to their mean position, and join those that touch there."""
    positions: list[list[_Rule]] = []
    for rule in sorted(rules):
        if positions and rule.at - positions[-1][-1].at <= NEAR:
            positions[-1].append(rule)
        else:
            positions.append([rule])
    return [rule for position in positions for rule in _joined(position)]


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    at = sum(rule.at for rule in rules) / len(rules)
    joined: list[_Rule] = []
    for _, start, end in sorted(rules, key=lambda rule: rule.start):
        if joined and start <= joined[-1].end + NEAR:
            joined[-1] = _Rule(at, joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(_Rule(at, start, end))
    return joined
