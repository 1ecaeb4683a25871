"""A text of any length is read back as it was written, whatever its key is made of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.milvus import record_keys
from index.milvus.record_store import ROW_BYTES, RecordStore, cut
from tests.support.milvus_lite import needs_milvus, shared_server


@given(st.text(max_size=50), st.integers(0, 5000))
def test_the_parts_of_a_text_fit_their_rows_and_make_it_up(text: str, times: int) -> None:
    whole = text * times
    parts = cut(whole)
    assert "".join(parts) == whole
    assert all(len(part.encode("utf-8")) <= ROW_BYTES for part in parts)


@needs_milvus
@settings(max_examples=5)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=6), st.data())
def test_what_is_put_is_got(texts: dict[str, str], data: st.DataObject) -> None:
    server, name = shared_server(), f"put_{data.draw(st.uuids()).hex}"
    server.create_records(name)
    records = RecordStore(server, name)
    long = {"'quoted\" \\ key": "字" * 50_000}
    kept = {record_keys.of_article(key): text for key, text in (texts | long).items()}
    rows = records.put(kept.items())
    server.finish(name)
    assert rows == server.count(name) == len(kept) + 2
    assert records.get([*kept, record_keys.of_title("昆仑")]) == kept
    assert records.text(record_keys.of_title("昆仑")) is None
