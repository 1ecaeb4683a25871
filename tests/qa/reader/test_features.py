"""The reader's features are finite, of one shape, and right for hand-worked sentences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from qa.reader.features import FEATURES, Layout, candidate_flags, layout
from qa.reader.inputs import Piece, reader_input
from qa.reader.tokens import PADDING, special
from tests.qa.reader.test_inputs import PIECES
from tests.support.small_index import TEXTS, bundled_encoder

RARITY = np.linspace(0, 1, 200_000, dtype=np.float32)


def laid_out(question: str, pieces: list[Piece], at_most: int = 100) -> Layout:
    inputs = reader_input(question, pieces, bundled_encoder(), at_most)
    flags = [candidate_flags(row.tokens, pieces) for row in inputs.rows]
    return layout(inputs, flags, RARITY)


@given(TEXTS, PIECES, st.integers(1, 200))
def test_every_token_has_features_and_padding_has_none(
    question: str, pieces: list[Piece], at_most: int
) -> None:
    rows = laid_out(question, pieces, at_most)
    assert rows.features.shape == (*rows.ids.shape, len(FEATURES))
    assert ((rows.features >= 0) & (rows.features <= 1)).all()
    assert not rows.features[~rows.real].any()
    assert (rows.ids[~rows.real] == special(PADDING)).all()
    assert set(np.unique(rows.segments[rows.real])) <= {0, 1}


def test_features_of_a_sentence() -> None:
    text = "工厂去年花了300万元，"
    pieces = [Piece(text, (Span(6, 11),), 1, 0)]
    inputs = reader_input("工厂花了多少钱?", pieces, bundled_encoder(), 100)
    rows, head = laid_out("工厂花了多少钱?", pieces), len(inputs.rows[0].head)
    texts = [text[a:b] for a, b in zip(inputs.tokens.starts, inputs.tokens.ends, strict=True)]

    def column(name: str) -> list[float]:
        return [float(value) for value in rows.features[0, head:, FEATURES.index(name)]]

    assert column("same")[texts.index("工厂")] == 1
    assert column("same")[texts.index("万元")] == 0
    inside = [part for part, flag in zip(texts, column("candidate"), strict=True) if flag]
    assert "".join(inside) == "300万元"
    assert texts[column("candidate_begins").index(1)] == inside[0]
    assert texts[column("candidate_ends").index(1)] == inside[-1]
    first = rows.features[0, 1 : head - 1, FEATURES.index("same")]
    assert first[0] == 1  # 工厂, in the question
