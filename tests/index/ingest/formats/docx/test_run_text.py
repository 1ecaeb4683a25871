"""The words of runs: formulas on one line, raised figures set apart."""

from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import W_NS, word, word_paragraph


def _run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def test_formulas_are_written_on_one_line() -> None:
    def part(name: str, inner: str) -> str:
        return f"<m:{name}>{inner}</m:{name}>"

    def words(text: str) -> str:
        return part("r", part("t", text))

    sum_ = part("num", words("a+b")) + part("den", words("2"))
    power = part("e", words("x")) + part("sup", words("3"))
    low = part("e", words("x")) + part("sub", words("i"))
    formula = part("f", sum_) + words("=") + part("sSup", power) + words("+") + part(
        "rad", part("e", words("y"))
    ) + words("−") + part("sSub", low)  # fmt: skip
    text = read_docx("a.docx", word(word_paragraph(part("oMath", formula)))).text
    assert text == "(a+b)/2=x^3+√(y)−x_i"


def test_raised_figures_stay_apart_whatever_runs_they_are_in() -> None:
    def aligned(text: str, align: str) -> str:
        return _run(f'<w:rPr><w:vertAlign w:val="{align}"/></w:rPr><w:t>{text}</w:t>')

    style = f'''<w:styles xmlns:w="{W_NS}"><w:style w:type="character" w:styleId="up">
        <w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'''
    body = word_paragraph(
        "库容为7.4×10", aligned("1", "superscript"), aligned("1", "superscript"), "升，H",
        aligned("2", "subscript"), "O占九成，坝长51",
        _run('<w:rPr><w:rStyle w:val="up"/></w:rPr><w:t>[3]</w:t>'), "米。",
    )  # fmt: skip
    data = word(body, {"word/styles.xml": style}, {"s": ("styles", "styles.xml")})
    assert read_docx("a.docx", data).text == "库容为7.4×10^11升，H₂O占九成，坝长51米。"
