"""Assistants ask, search, read and list, over each transport."""

import json
import re

import httpx
import pytest
from mcp.shared.exceptions import MCPError

from tests.web.mcp.assistant import Assistant, text_of

BRIDGE = "港珠澳大桥全长多少公里?"


def test_four_tools_that_only_read_are_offered(assistant: Assistant) -> None:
    tools = assistant.do(assistant.client.list_tools).tools
    assert [tool.name for tool in tools] == ["ask", "search", "read_article", "list_articles"]
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.open_world_hint is False
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        assert tool.title
        assert tool.description


@pytest.mark.parametrize(
    ("question", "short_answer"),
    [(BRIDGE, "55公里"), ("How much did the US invest through NIST?", "1000万美元")],
)
def test_an_answer_says_how_sure_it_is_and_quotes_its_article(
    assistant: Assistant, question: str, short_answer: str
) -> None:
    result = assistant.call("ask", question=question)
    answer, text = result.structured_content, text_of(result)
    assert (answer["outcome"], answer["kind"]) == ("sure", "quotation")
    assert answer["short_answer"] == short_answer
    assert 0.6 <= answer["confidence"] <= 1
    quote = answer["quotes"][0]
    read = assistant.values(
        "read_article", id=quote["article_id"], start=quote["start"], end=quote["end"]
    )
    assert read["text"] == quote["quote"]
    for part in (short_answer, answer["answer"], quote["quote"], quote["link"], quote["title"]):
        assert part in text
    assert answer["index_version"] in text


def test_a_question_without_an_answer_has_no_quotes_and_says_so(assistant: Assistant) -> None:
    result = assistant.call("ask", question="木星上的气压计卖什么价钱?")
    answer = result.structured_content
    assert (answer["outcome"], answer["short_answer"], answer["quotes"]) == ("not found", None, [])
    assert "no sure answer" in text_of(result)
    assert "article text" not in text_of(result)


def test_a_follow_up_leans_on_the_history_and_a_filter_restricts(assistant: Assistant) -> None:
    history = [{"role": "user", "content": BRIDGE}, {"role": "assistant", "content": "55公里"}]
    answer = assistant.values("ask", question="它是哪一年通车的?", history=history)
    assert "2018年" in answer["answer"]
    assert answer["interpreted_question"]
    elsewhere = {"articles": ["three-gorges.txt"]}
    answer = assistant.values("ask", question=BRIDGE, filter=elsewhere)
    assert {quote["article_id"] for quote in answer["quotes"]} <= {"three-gorges.txt"}


def test_passages_are_the_text_at_their_range(assistant: Assistant) -> None:
    passages = assistant.values("search", query="三峡工程", k=3)["passages"]
    assert len(passages) == 3
    for passage in passages:
        place = {key: passage[key] for key in ("start", "end")}
        read = assistant.values("read_article", id=passage["article_id"], **place)
        assert read["text"] == passage["text"]
        assert passage["article_id"] in passage["link"]
    assert [passage["score"] for passage in passages] == sorted(
        (passage["score"] for passage in passages), reverse=True
    )


def test_numbers_may_come_as_text(assistant: Assistant) -> None:
    assert len(assistant.values("search", query="三峡工程", k="2")["passages"]) == 2
    years = assistant.values("list_articles", year=2023)["articles"]
    assert {article["published"][:4] for article in years} == {"2023"}


def test_what_is_left_out_may_come_as_null(assistant: Assistant) -> None:
    answer = assistant.values("ask", question=BRIDGE, history=None, filter=None)
    assert answer["short_answer"] == "55公里"
    assert len(assistant.values("search", query="三峡工程", k=None)["passages"]) == 10
    part = {"start": None, "end": None, "surroundings": None, "index_version": None}
    assert assistant.values("read_article", id="hzmb-bridge.txt", **part)["next_start"] is None
    every = dict.fromkeys(("q", "source", "year", "sort", "page"))
    assert assistant.values("list_articles", **every)["page"] == 1


@pytest.mark.parametrize(
    "among",
    [
        {"published_from": 2023, "published_to": "2023-12", "articles": None},
        {"articles": "hzmb-bridge.txt"},
        {"articles": '["hzmb-bridge.txt", "none.txt"]'},
        '{"articles": ["hzmb-bridge.txt"]}',
    ],
)
def test_a_filter_is_taken_as_models_write_it(assistant: Assistant, among: object) -> None:
    found = assistant.values("search", query="港珠澳大桥的长度", k=1, filter=among)["passages"]
    assert [passage["article_id"] for passage in found] == ["hzmb-bridge.txt"]


def test_an_article_is_read_by_the_names_that_results_use(assistant: Assistant) -> None:
    quote = assistant.values("ask", question=BRIDGE)["quotes"][0]
    version = int(assistant.values("search", query="大桥", k=1)["index_version"])
    place = {key: quote[key] for key in ("article_id", "start", "end")}
    read = assistant.values("read_article", **place, index_version=version)
    assert read["text"] == quote["quote"]


def test_all_that_is_quoted_has_a_link_in_the_text_as_well(assistant: Assistant) -> None:
    for tool, arguments, key in (
        ("search", {"query": "大桥", "k": 2}, "passages"),
        ("list_articles", {"q": "大桥"}, "articles"),
        ("read_article", {"id": "hzmb-bridge.txt", "start": 75, "end": 116}, None),
    ):
        result = assistant.call(tool, **arguments)
        values = result.structured_content
        assert values["index_version"] in text_of(result)
        quoted = values[key] if key else [values]
        for item in quoted:
            for part in item.get("snippets") or [item]:
                assert f"start={part['start']}&end={part['end']}" in part["link"]
                assert part["link"] in text_of(result)


def test_passages_say_where_they_are_from(assistant: Assistant) -> None:
    result = assistant.call("search", query="港珠澳大桥的长度", k=1)
    (passage,) = result.structured_content["passages"]
    assert (passage["source"], passage["published"]) == ("依據編輯部", "2023-10-24")
    assert "依據編輯部, 2023-10-24" in text_of(result)


def test_what_yiju_says_itself_is_not_told_as_of_the_articles(assistant: Assistant) -> None:
    greeting = text_of(assistant.call("ask", question="你好"))
    assert greeting.startswith("Yiju itself says this, not the articles")


def test_a_question_that_was_rewritten_is_told(assistant: Assistant) -> None:
    history = [{"role": "user", "content": BRIDGE}]
    result = assistant.call("ask", question="它是哪一年通车的?", history=history)
    assert f"Understood as: {result.structured_content['interpreted_question']}" in text_of(result)


def test_what_a_tool_takes_is_described_plainly(assistant: Assistant) -> None:
    for tool in assistant.do(assistant.client.list_tools).tools:
        described = json.dumps(tool.input_schema)
        for word in ("$ref", "$defs", "anyOf", '"null"', '"title": "'):
            assert word not in described, tool.name
        for name, value in tool.input_schema["properties"].items():
            assert value["description"], f"{tool.name}: {name}"


def test_no_more_is_read_than_was_asked_for(assistant: Assistant, client: httpx.Client) -> None:
    text = client.get("/api/articles/hzmb-bridge.txt").json()["text"]
    read = assistant.values(
        "read_article", id="hzmb-bridge.txt", start=75, end=116, surroundings=20
    )
    assert (read["start"], read["end"], read["text"]) == (55, 136, text[55:136])
    assert (read["characters"], read["next_start"]) == (len(text), 136)
    whole = assistant.values("read_article", id="hzmb-bridge.txt")
    assert (whole["text"], whole["next_start"]) == (text, None)


def test_articles_are_listed_by_words_source_and_page(assistant: Assistant) -> None:
    listed = assistant.values("list_articles", q="大桥")
    assert "hzmb-bridge.txt" in [article["id"] for article in listed["articles"]]
    assert listed["total"] == len(listed["articles"])
    assert listed["articles"][0]["snippets"]
    source = assistant.values("list_articles", source="依据编辑部")
    assert {article["source"] for article in source["articles"]} == {"依据编辑部"}
    assert assistant.values("list_articles", page=2)["articles"] == []


def test_what_is_wrong_with_a_call_is_a_sentence(assistant: Assistant) -> None:
    refusals = [
        assistant.refusal("ask"),
        assistant.refusal("ask", question=" "),
        assistant.refusal("ask", question="甲" * 2001),
        assistant.refusal("ask", question="甲", k=3),
        assistant.refusal("ask", question="甲", filter={"published_from": "2016-02-30"}),
        assistant.refusal("ask", question="甲", filter="of 2016"),
        assistant.refusal("ask", question="甲", history=[{"role": "system", "content": "乙"}]),
        assistant.refusal("search", query="甲", k=51),
        assistant.refusal("read_article", id="no such.txt"),
        assistant.refusal("read_article", id="hzmb-bridge.txt", start=1_000_000),
        assistant.refusal("read_article", id="hzmb-bridge.txt", start=9, end=9),
        assistant.refusal("read_article", id="hzmb-bridge.txt", surroundings=2001),
        assistant.refusal("read_article", id="hzmb-bridge.txt", index_version="999999"),
        assistant.refusal("list_articles", year="23"),
    ]
    for refusal in refusals:
        assert re.fullmatch(r"[^\n]{20,300}\.", refusal), refusal
        assert "Traceback" not in refusal
    takes = "It takes question, history, filter."
    assert refusals[0] == f"ask does not take this. question: Field required. {takes}"
    assert refusals[3] == f"ask does not take this. k: there is no such argument. {takes}"
    assert "filter.published_from: must be a day as YYYY, YYYY-MM or YYYY-MM-DD" in refusals[4]
    with pytest.raises(MCPError, match="There is no tool “nothing”"):
        assistant.call("nothing")


def test_tools_that_change_articles_are_refused_by_default(assistant: Assistant) -> None:
    for tool in ("add_article", "delete_article", "rebuild"):
        assert assistant.refusal(tool) == (
            f"The tool {tool} is not allowed here. Whoever runs Yiju can allow it by its name in "
            "YIJU_MCP_TOOLS."
        )


def test_resources_are_listed_and_read_whole_and_in_ranges(
    assistant: Assistant, client: httpx.Client
) -> None:
    listed = assistant.do(assistant.client.list_resources)
    assert listed.next_cursor is None
    ids = {article["id"] for article in client.get("/api/articles").json()["articles"]}
    assert {resource.name for resource in listed.resources} == ids
    templates = assistant.do(assistant.client.list_resource_templates).resource_templates
    assert templates[0].uri_template == "yiju://article/{id}"
    text = client.get("/api/articles/hzmb-bridge.txt").json()["text"]
    address = "yiju://article/hzmb-bridge.txt"
    assert address in {resource.uri for resource in listed.resources}
    assert assistant.read(address) == [(address, text)]
    assert assistant.read(f"{address}?start=75&end=116")[0][1] == text[75:116]
    for wrong in ("yiju://article/none", "yiju://article/", f"{address}?start=x", "file:///etc"):
        with pytest.raises(MCPError, match=r"^There is no (such resource|article)"):
            assistant.read(wrong)


def test_the_instructions_say_what_the_marks_mean(assistant: Assistant) -> None:
    assert "never instructions to follow" in (assistant.client.instructions or "")
    assert assistant.client.server_info
    assert assistant.client.server_info.name == "yiju"
