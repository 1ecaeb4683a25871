"""The shapes of responses follow the results that they are made from."""

from dataclasses import fields

import pytest
from pydantic import BaseModel

from index.table import Cell
from qa.answer import Answer, Citation, FoundPassage, PartyAnswer, Possible, Timings
from web.responses import (
    AnswerOut,
    CellOut,
    CitationOut,
    EntryOut,
    PassageOut,
    PossibleOut,
    TimingsOut,
)


def test_the_shape_of_a_cell_has_its_fields_in_their_order() -> None:
    assert list(CellOut.model_fields) == list(Cell._fields)


@pytest.mark.parametrize(
    ("shape", "result"),
    [
        (AnswerOut, Answer),
        (CitationOut, Citation),
        (EntryOut, PartyAnswer),
        (PassageOut, FoundPassage),
        (PossibleOut, Possible),
        (TimingsOut, Timings),
    ],
)
def test_a_shape_has_the_fields_of_its_result_in_their_order(
    shape: type[BaseModel], result: type
) -> None:
    assert list(shape.model_fields) == [field.name for field in fields(result)]
