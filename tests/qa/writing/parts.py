"""What the tests of writing share: citations, and tasks over them."""

from qa.answer import Citation
from qa.language import Language
from qa.writing.writing_evidence import WritingTask


def cited(quote: str, title: str = "港珠澳大桥", published: str | None = "2018-10-25") -> Citation:
    """Cite a whole text."""
    return Citation("a.txt", title, None, published, None, 0, len(quote), quote, None)


def task(
    question: str,
    *quotes: str,
    language: Language = Language.SIMPLIFIED,
    foreign: tuple[int, ...] = (),
) -> WritingTask:
    """Return what to write about, the first quote being the answer's."""
    return WritingTask(question, language, [cited(quote) for quote in quotes], 1, list(foreign))
