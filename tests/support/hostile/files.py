"""Files made to take all of a machine, or to break what reads them; each kind is small here.

`hostile_files(scale)` makes them larger: at 1 a test reads all of them in a minute, at 20 each is
one that took minutes or gigabytes before reading was limited.
"""

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import reduce

from tests.support.documents import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = '<?xml version="1.0" encoding="{}"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)
_LAUGHS = '<!DOCTYPE d [<!ENTITY a "haha haha ">{}]>'.format(
    "".join(
        f'<!ENTITY {large} "{f"&{small};" * 10}">'
        for small, large in zip("abcdefghi", "bcdefghij", strict=True)
    )
)
_BRIDGE = "这座大桥全长55公里，是最长的跨海大桥。"


def hostile_files(scale: int = 1) -> Mapping[str, bytes]:
    """Return the bytes of each file by its name."""
    return {
        **_archives(scale),
        **_word(scale),
        **_pages(scale),
        **_markdown(scale),
        **_pdfs(scale),
        **_texts(scale),
        **_other_kinds(scale),
    }


def _archives(scale: int) -> Mapping[str, bytes]:
    packed = archive({"c.txt": "文章。"})
    return {
        "zeros.zip": archive({f"{i}.txt": bytes(20_000_000) for i in range(scale)}),
        "within.zip": archive({"b.zip": packed}),
        "deep.zip": reduce(lambda data, _: archive({"x.zip": data}), range(30), b"x"),
        "paths.zip": archive({"../../etc/a.txt": "x", "C:\\c.txt": "x", "d/e.txt": _BRIDGE}),
        "link.zip": _link("/etc/passwd"),
        "many.zip": archive({f"{i}.txt": f"第{i}篇。" for i in range(1000 * scale)}),
        "overlapping.zip": _overlapping(20 * scale),
        "controls.zip": archive({"a\n\u202etxt.txt": "x", "b.txt": _BRIDGE}),
        "cut.zip": archive({"a.txt": "文章" * 1000})[:-40],
        "name.zip": archive({"n" * 60_000 + ".txt": _BRIDGE}),
        "packed.zip": archive({"a.txt": f"{_BRIDGE}\n\n" * 60_000 * scale}),
    }


def _word(scale: int) -> Mapping[str, bytes]:
    said = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    here = said(_BRIDGE)
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * 60}</w:tr>"
    deep = 10_000 * scale
    return {
        "laughs.docx": _docx(said("&j;"), _LAUGHS),
        "laughs16.docx": _docx(said("&j;") + here, _LAUGHS, "utf-16"),
        "attribute16.docx": _docx(f'<w:p w:x="&j;"/>{here}', _LAUGHS, "utf-16"),
        "entity16.docx": _docx(
            said("桥&x;长"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "utf-16"
        ),
        "dtd16.docx": _docx(here, '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x">', "utf-16"),
        "deep.docx": _docx("<w:ins>" * deep + "</w:ins>" * deep),
        "nested.docx": _docx("<w:ins>" * 240 + here + "</w:ins>" * 240),
        "paragraphs.docx": _docx("<w:p/>" * 200_000 * scale + here),
        "runs.docx": _docx(said("桥长") * 20_000 * scale),
        "table.docx": _docx(f"<w:tbl>{row * 750 * scale}</w:tbl>{here}"),
    }


def _pages(scale: int) -> Mapping[str, bytes]:
    n = 4000 * scale
    bodies = {
        "scripts": f"<h1>桥</h1><p>{_BRIDGE}<script>alert(1)</script><img onerror=alert(1)></p>",
        "divs": "<div>" * n + _BRIDGE,
        "paragraphs": "".join(f"<p>第{i}句话讲的是桥。</p>" for i in range(n)),
        "links": "".join(f"<a href=/{i}>第{i}条</a> " for i in range(n)),
        "rows": f"<table>{''.join(f'<tr><td>第{i}座</td><td>{i}米</td></tr>' for i in range(n))}",
        "lists": "<ul><li>桥</li>" * n,
        "tables": "<table><tr><td>桥" * n,
        "spans": f"<table>{'<td colspan=1000000000 rowspan=1000000000>桥</td>' * 300}</table>"
        f"<p>{_BRIDGE}</p>",
        "comments": f"<p>{_BRIDGE}</p>" + "<!--a-->" * 10 * n,
        "attribute": f"<p title='{'a' * 250_000 * scale}'>{_BRIDGE}</p>",
        "entities": "<p>" + "&amp;&#0;&#xd800;&#x110000;&nbsp;" * n,
        "heading": f"<h1>{_BRIDGE * 10_000}</h1><p>{_BRIDGE}</p>",
    }
    return {f"{name}.html": f"<html><body>{body}".encode() for name, body in bodies.items()}


def _markdown(scale: int) -> Mapping[str, bytes]:
    n = 10_000 * scale
    texts = {
        "brackets": "[" * n + f"\n\n{_BRIDGE}",
        "images": "![[](" * (n // 5) + f"\n\n{_BRIDGE}",
        "stars": "*a **b " * (n // 5),
        "quotes": "> " * n + "text",
        "table": "|a|b|\n|-|-|\n" + "|" * n,
        "ticks": " ".join("`" * i for i in range(1, 150 * scale)),
        "tags": "<a " * n,
        "title": f"# {_BRIDGE * 1000}\n\n{_BRIDGE}",
    }
    return {f"{name}.md": text.encode() for name, text in texts.items()}


def _pdfs(scale: int) -> Mapping[str, bytes]:
    text = b"BT /F 10 Tf 50 700 Td (A sentence about bridges in the city.) Tj ET\n"
    twice = b"/Filter[/FlateDecode/FlateDecode]"
    spaces = zlib.compress(zlib.compress(b" " * 20_000_000 * scale, 9), 9)
    path = zlib.compress(b"0 0 m " + b"1 1 l 9 9 l " * 20_000 + b"S\n" + text, 9)
    return {
        "noise.pdf": b"%PDF-1.7\n" + random.Random(7).randbytes(100_000),
        "pages.pdf": _pdf(250 * scale, text * 3),
        "many.pdf": _pdf(6000, text),
        "full.pdf": _pdf(1, text * 3000 * scale),
        "bomb.pdf": _pdf(1, spaces, twice),
        "paths.pdf": _pdf(10 * scale, path, b"/Filter/FlateDecode"),
        "circle.pdf": _pdf(1, text).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"),
    }


def _texts(scale: int) -> Mapping[str, bytes]:
    n = 100_000 * scale
    lines = [
        json.dumps({"id": f"{i}", "text": f"第{i}座桥长{i}米。"}, ensure_ascii=False)
        for i in range(5000 * scale)
    ]
    titled = json.dumps({"title": "桥" * n, "text": f"{_BRIDGE}\n\n" * 100})
    return {
        "line.txt": ("大桥全长五十五公里" * (n // 9)).encode(),
        "digits.txt": b"1" * n,
        "marks.txt": "。，、".encode() * (n // 3),
        "brackets.txt": "（".encode() * n,
        "letters.txt": b"a\n" * n,
        "dates.txt": "2016年9月30日 来源：".encode() * (n // 10),
        "noise.txt": random.Random(7).randbytes(n),
        "long.txt": f"{_BRIDGE}\n\n".encode() * (n // 10),
        "titled.jsonl": titled.encode(),
        "sourced.jsonl": json.dumps({"source": "a" * n, "text": _BRIDGE}).encode(),
        "many.jsonl": "\n".join(lines).encode(),
        "deep.jsonl": b'{"text":' + b"[" * n + b'\n{"text":"\xe6\xa1\xa5\xe3\x80\x82"}\n',
    }


def _other_kinds(scale: int) -> Mapping[str, bytes]:
    n = 20_000 * scale
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    row = '<row><c t="str"><v>桥</v></c><c r="XFD{}"><v>1</v></c></row>'
    wide = '<table:table-cell table:number-columns-repeated="9999"/>' * n
    within = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    return {
        "far.xlsx": _xlsx(far),
        "wide.xlsx": _xlsx("".join(row.format(i) for i in range(1, n))),
        "strings.xlsx": _xlsx('<row><c t="s"><v>99999999999</v></c><c t="s"><v>7</v></c></row>'),
        "wide.csv": b"," * n + b"\n" + "桥,".encode() * n,
        "quote.csv": b'a,"' + b"x" * n * 60,
        "rows.tsv": "桥\t55\n".encode() * n,
        "deep.json": b"[" * n,
        "many.json": json.dumps([{"text": _BRIDGE}] * n).encode(),
        "deep.eml": (within * 2000).encode(),
        "parts.eml": (within + "--b\n\nx\n" * n).encode(),
        "head.eml": b"Subject: " + b"=?utf-8?b?5qGl?= " * n + b"\n\nx",
        "wide.odt": archive({"content.xml": _ODT.format(f"<table:table-row>{wide}")}),
        "lists.odt": archive({"content.xml": _ODT.format("<text:list><text:list-item>" * n)}),
        "laughs.epub": archive({"META-INF/container.xml": f"{_LAUGHS}<container>&j;</container>"}),
        "slides.pptx": archive({"_rels/.rels": _RELATIONS, "word/document.xml": "<a/>"}),
    }


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
    "<table:table>{}</table:table-row></table:table></office:text></office:body>"
    "</office:document-content>"
)


def _xlsx(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheets = f'<sheets><sheet name="a" xmlns:r="{_OFFICE.rpartition("/")[0]}" r:id="r1"/></sheets>'
    return archive(
        {
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f'<workbook xmlns="{space}">{sheets}</workbook>',
            "word/_rels/document.xml.rels": _RELATIONS.replace("word/document", "sheet").replace(
                'officeDocument"', 'worksheet"'
            ),
            "word/sheet.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}'
            "</sheetData></worksheet>",
        }
    )


def _docx(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": (_XML.format(encoding) + head + document).encode(encoding),
        }
    )


def _link(target: str) -> bytes:
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr(info, target)
        packed.writestr("a.txt", _BRIDGE)
    return data.getvalue()


def _overlapping(times: int) -> bytes:
    """Return an archive whose directory names one packed file of 8 MB many times (Fifield 2019)."""
    raw = bytes(8_000_000)
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = pack.compress(raw) + pack.flush()
    sizes = (zlib.crc32(raw), len(data), len(raw), 5)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes, 0) + b"a.txt" + data
    names = [f"a{i:03}.txt".encode() for i in range(times)]
    central = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes[:3], len(name), *[0] * 6
        )
        + name
        for name in names
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, len(central), len(local), 0)
    return local + central + end


def _pdf(pages: int, content: bytes, more: bytes = b"") -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(pages))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
        b"/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content),
        *[page] * pages,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, item)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\n" % (
        size, table, size,
    ) + b"startxref\n%d\n%%%%EOF" % len(data)  # fmt: skip
