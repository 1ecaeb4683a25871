"""Examples of the questions that we wrote, over a store like a user's.

The answer is right in its own sentence, and in sentences of other articles that say something
alike. A question that its article doesn't answer is asked of articles that tell other stories: one
that tells the same may answer it.
"""

from collections.abc import Iterator, Sequence

from index.progress import Progress, counted
from qa.entities.names import Names
from qa.question.understand import understand
from training.reader.examples import ExampleMaker, ReaderExample
from training.written import WrittenQuestion
from training.written_answers import AnswerJudge, tells_the_same

GROUP = "written"


class WrittenExampleMaker:
    """Makes examples of written questions."""

    def __init__(self, maker: ExampleMaker, names: Names) -> None:
        self._maker = maker
        self._names = names

    def examples(
        self, questions: Sequence[WrittenQuestion], progress: Progress
    ) -> Iterator[ReaderExample]:
        """Yield an example for each question whose answer the search finds, or that has none."""
        for asked in counted(questions, len(questions), "asking written questions", progress):
            question = understand(asked.question, (), self._names)
            found = self._maker.sentences(question)
            if not asked.text:
                found = [item for item in found if not tells_the_same(item.hit.passage, asked)]
            if not found:
                continue
            judge = AnswerJudge(asked)
            example = self._maker.of_many(GROUP, question, found, asked.text, judge.is_right)
            if len(example.right) or not asked.text:
                yield example
