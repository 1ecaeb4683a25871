"""English questions, worked by hand."""

import pytest
from hypothesis import given

from qa.suggestions.english_questions import questions
from tests.support.small_index import TEXTS


def asked(sentence: str) -> list[tuple[str, str]]:
    """Return the questions about a sentence, with their answers."""
    return [(draft.question, draft.answer.of(sentence)) for draft in questions(sentence)]


@given(TEXTS)
def test_an_answer_is_a_range_of_the_sentence(text: str) -> None:
    assert all(question.endswith("?") and answer for question, answer in asked(text))


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "The European Green Deal was presented on 11 December 2019.",
            "When was the European Green Deal presented?",
            "11 December 2019",
        ),
        (
            "The American portal data.gov went online on 21 May 2009 with 47 datasets.",
            "When did the American portal data.gov go online?",
            "21 May 2009",
        ),
        (
            "In 1936, Japan and Germany signed the Anti-Comintern Pact.",
            "When did Japan and Germany sign the Anti-Comintern Pact?",
            "1936",
        ),
        (
            "The Child Benefit Bill (CBB) was introduced in 1975 by Barbara Castle.",
            "Who introduced the Child Benefit Bill?",
            "Barbara Castle",
        ),
        ("The Akashi Kaikyo Bridge is 3,911 m long.", "How long is the Akashi Kaikyo Bridge?",
         "3,911 m"),
        ("The Sydney Opera House cost $102 million.", "How much did the Sydney Opera House cost?",
         "$102 million"),
        ("Harvard University has 12 schools.", "How many schools does Harvard University have?",
         "12"),
        ("The United States has a population of 332 million.",
         "What is the population of the United States?", "332 million"),
        ("The Louvre Museum is located in Paris.", "Where is the Louvre Museum located?", "Paris"),
        ("Lake Superior is the largest lake in North America.",
         "What is the largest lake in North America?", "Lake Superior"),
    ],
)  # fmt: skip
def test_a_plain_sentence_is_turned_into_a_question(
    sentence: str, question: str, answer: str
) -> None:
    assert (question, answer) in asked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was founded in 1898.",
        "The company was founded in 1898.",
        "Congress founded the agency on 3 March 1901.",
        "Action Jackson released in 2014.",
        "In the north, Harvard University opened in 1636.",
        "Zhu Di usurped the throne and became emperor in 1402.",
        "Ownership of ICQ passed to AOL in 1998.",
        "Its centrepiece, the Climate Law, entered into force in 2021.",
    ],
)
def test_a_sentence_without_a_name_of_its_own_is_left_alone(sentence: str) -> None:
    assert asked(sentence) == []
