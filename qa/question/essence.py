"""Reduce what was put to the question in it: without courtesy, without a story."""

from index.text.folding import FoldedText
from qa.entities.names import Names, required_entities
from qa.question.anaphora import resolve
from qa.question.courtesy import bare
from qa.question.story import without_story
from qa.question.topic import THINGS, topic
from qa.question.wording import Wording


def essence(put: FoldedText, names: Names) -> tuple[FoldedText, bool]:
    """Return the question in a text, and whether a story around it was left out.

    What the story names is kept where the question names nothing itself.
    """
    plain = bare(Wording.of(put))
    story = without_story(plain)
    before, asked = story.before, story.question
    if not before.text:
        return (put if plain.text == put.text else FoldedText.of(plain.text)), False
    question = FoldedText.of(asked.text)
    if required_entities(question, names.find_in(*asked)):
        return question, True
    told = FoldedText.of(before.text)
    if required_entities(told, names.find_in(*before)):
        about = topic(told, THINGS, names)
        whole = resolve(question, told, names) or (about and about + asked.text)
        if whole:
            return FoldedText.of(whole), True
    elif story.is_announced:
        return question, True
    return FoldedText.of(plain.text), False
