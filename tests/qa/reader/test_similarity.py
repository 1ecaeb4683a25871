"""The weight of the question word that a passage covers least."""

from hypothesis import given

from qa.reader.inputs import Piece, reader_input
from qa.reader.similarity import missing_weights
from tests.qa.reader.test_inputs import PIECES
from tests.support.small_index import TEXTS, bundled_encoder


def weights(question: str, pieces: list[Piece], at_most: int = 100) -> list[float]:
    inputs = reader_input(question, pieces, bundled_encoder(), at_most)
    tokens = inputs.tokens
    read = [tokens.rows[tokens.pieces == number] for number in range(len(pieces))]
    return list(map(float, missing_weights(inputs.asked, read, pieces, bundled_encoder())))


@given(TEXTS, PIECES)
def test_weights_are_shares_and_equal_within_a_passage(question: str, pieces: list[Piece]) -> None:
    found = weights(question, pieces)
    assert all(0 <= weight <= 1.001 for weight in found)
    by_passage: dict[int, set[float]] = {}
    for piece, weight in zip(pieces, found, strict=True):
        by_passage.setdefault(piece.passage, set()).add(weight)
    assert all(len(values) == 1 for values in by_passage.values())


def test_a_passage_with_the_questions_words_lacks_less() -> None:
    pieces = [Piece("工厂去年花了三百万元。", (), 1, 0), Piece("天气很好。", (), 2, 0)]
    near, far = weights("工厂花了多少钱?", pieces)
    assert near < far


def test_what_was_not_read_lacks_all() -> None:
    pieces = [Piece("工厂去年花了三百万元。", (), 1, 0), Piece("工厂。", (), 2, 0)]
    assert weights("工厂?", pieces, 3)[1] == 1
