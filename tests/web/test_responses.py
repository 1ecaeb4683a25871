"""The shapes of responses follow the results that they are made from."""

from dataclasses import fields

import pytest
from pydantic import BaseModel

from qa.answer import Answer, Citation, FoundPassage, PartyAnswer, Possible, Timings
from web.responses import AnswerOut, CitationOut, EntryOut, PassageOut, PossibleOut, TimingsOut


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
