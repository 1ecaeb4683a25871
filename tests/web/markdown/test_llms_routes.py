"""What a server tells language models: `/llms.txt`, and each article as Markdown."""

import re
from collections.abc import Iterator

import pytest
import yaml

from tests.support.served_index import ServedIndex, assert_problem, served_index

MARKDOWN = "text/markdown; charset=utf-8"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """An index with ids that are hard to address."""
    with served_index(tmp_path_factory.mktemp("llms")) as index:
        index.put("notes.md", "# 笔记\n\n第一条。")
        index.put("twin.txt", "双子\n\n甲文。")
        index.put("twin.txt.md", "# 双子星\n\n乙文。")
        index.rebuild()
        lines = {"id": "a/b (1) #2?.txt", "title": "题]( *", "text": "斜杠。", "source": "源"}
        assert index.add(**lines).status_code == 201
        yield index


def test_an_article_comes_as_markdown(served: ServedIndex) -> None:
    response = served.client.get("/api/articles/zhongshan.txt.md")
    assert response.status_code == 200
    assert response.headers["content-type"] == MARKDOWN
    assert response.headers["x-content-type-options"] == "nosniff"
    front, body = response.text.removeprefix("---\n").split("\n---\n")
    known = yaml.safe_load(front)
    version = served.client.get("/api/index").json()["index_version"]
    assert (known["id"], known["title"]) == ("zhongshan.txt", "中山站")
    assert known["index_version"] == version
    assert body.split() == ["#", "中山站", "中山站建于1989年。"]


def test_an_id_that_ends_like_the_address_of_markdown_is_that_of_its_article(
    served: ServedIndex,
) -> None:
    assert served.client.get("/api/articles/notes.md").json()["id"] == "notes.md"
    for address in ("notes.md.md", "notes.md?format=markdown"):
        assert "\n# 笔记\n" in served.client.get(f"/api/articles/{address}").text
    assert served.client.get("/api/articles/twin.txt.md").json()["id"] == "twin.txt.md"
    twin = served.client.get("/api/articles/twin.txt?format=markdown").text
    assert 'id: "twin.txt"' in twin
    other = served.client.get("/api/articles/twin.txt.md?format=markdown").text
    assert 'id: "twin.txt.md"' in other


def test_what_is_not_there_is_told(served: ServedIndex) -> None:
    for address in ("moon.txt.md", "zhongshan.txt.md?format=json", ".md"):
        response = served.client.get(f"/api/articles/{address}")
        assert_problem(response, 404, f"“{address.partition('?')[0]}”")
    assert_problem(served.client.get("/api/articles/a?format=pdf"), 422, "format")
    response = served.client.get("/api/articles/zhongshan.txt.md?index_version=999999")
    assert_problem(response, 410, "999999")
    early = served.client.get("/api/articles/zhongshan.txt.md?index_version=000001")
    assert 'index_version: "000001"' in early.text


def test_llms_txt_says_what_is_there_and_each_link_leads_to_it(served: ServedIndex) -> None:
    response = served.client.get("/llms.txt")
    assert response.headers["content-type"] == MARKDOWN
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text.startswith("# Yiju 依据\n\n> ")
    assert "from 6 articles" in response.text
    for call in ("POST /api/ask", "POST /api/search", "POST /mcp", "POST /v1/chat/completions"):
        assert f"`{call}`" in response.text
    links = re.findall(r"^- \[(.+)\]\((/[^() ]*)\)(: .*)?$", response.text, re.MULTILINE)
    assert [address for _, address, _ in links[:2]] == [
        "/openapi.json",
        "/api/articles?sort=newest",
    ]
    articles = {title: (address, byline) for title, address, byline in links[2:]}
    assert articles["题\\]( \\*"] == ("/api/articles/a%2Fb%20%281%29%20%232%3F.txt.md", ": 源")
    assert len(articles) == 6
    for address, _ in articles.values():
        told = served.client.get(address)
        assert told.headers["content-type"] == MARKDOWN, address
    for _, address, _ in links[:2]:
        assert served.client.get(address).status_code == 200


def test_both_stand_in_the_openapi_document(served: ServedIndex) -> None:
    paths = served.client.get("/openapi.json").json()["paths"]
    for path in ("/api/articles/{article_id}", "/api/articles/{article_id}.md"):
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert set(content) == {"application/json", "text/markdown"}
    assert "text/markdown" in paths["/llms.txt"]["get"]["responses"]["200"]["content"]


def test_deleting_is_not_led_astray(served: ServedIndex) -> None:
    assert_problem(served.client.delete("/api/articles/kunlun.txt.md"), 404, "kunlun.txt.md")
    assert served.client.get("/api/articles/kunlun.txt").status_code == 200
