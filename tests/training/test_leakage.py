"""No text of a measuring set reaches training."""

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data_folder import DATA
from training.encoder import pairs
from training.encoder.config import Config
from training.leakage import RUN, Leakage, comparable, measuring

TEXT = "黑豹队的防守只丢了308分，在联赛中排名第六，同时也以24次拦截领先国家橄榄球联盟，入选职业碗。"
FILLER = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.replace("，", " ,\n"),
        "黑豹隊的防守只丟了３０８分，在聯賽中排名第六，同時也以24次攔截領先國家橄欖球聯盟，入選職業碗。",
        f"前面的话。{TEXT[3:40]}后面的话。",
    ],
)
def test_a_measuring_text_leaks_in_any_spelling(other: str) -> None:
    assert Leakage(iter([TEXT]))(other)


def test_a_short_text_leaks_only_whole() -> None:
    leaks = Leakage(iter(["你好，世界"]))
    assert leaks("你好世界!")
    assert not leaks("你好世界和平")


@given(st.integers(0, len(comparable(TEXT))), st.integers(0, 45), st.integers(0, 40))
def test_exactly_the_runs_that_are_long_enough_leak(start: int, length: int, before: int) -> None:
    leaks = Leakage(iter([TEXT]))
    run = comparable(TEXT)[start : start + length]
    assert leaks((FILLER * 2)[:before] + run + FILLER) == (len(run) >= RUN)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
def test_no_pair_contains_a_measuring_text() -> None:
    """Check in another way than the stage: look up each run of a pair in the texts."""
    settings, chance = Config.read().pairs, random.Random(3)
    measured = "\n".join(map(comparable, measuring(DATA)))
    leaks = Leakage(measuring(DATA))
    columns = pairs.questions(DATA, settings, chance)
    kept, dropped = pairs.without_leaks(columns, leaks)
    assert dropped > 0
    assert len(kept["question"]) + dropped == len(columns["question"])
    for text in chance.sample(kept["paragraph"], 100):
        folded = comparable(text)
        assert not any(
            folded[at : at + RUN] in measured for at in range(max(1, len(folded) - RUN + 1))
        )


@pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
def test_no_stage_opens_a_measuring_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = gzip.open

    def spy(path: Path, mode: str, encoding: str) -> object:
        opened.append(str(path))
        return real(path, mode, encoding=encoding)

    monkeypatch.setattr(gzip, "open", spy)
    settings, chance = Config.read().pairs, random.Random(3)
    for family in (pairs.english, pairs.bitext, pairs.documents, pairs.parts):
        family(DATA, settings, chance)
    assert len(opened) > 5
    assert not [path for path in opened if "measure" in path]
