"""Signatures tell how alike texts are, and stay those that stores have."""

from random import Random

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from index.text.minhash import bands, likeness, signature

HASHES = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=200)


@given(HASHES)
def test_a_signature_is_that_of_datasketch(hashes: list[int]) -> None:
    sketch = MinHash(64, hashfunc=int)
    sketch.update_batch(hashes)
    assert signature(np.array(hashes, dtype=np.uint32)).tolist() == sketch.hashvalues.tolist()


@given(HASHES, st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(hashes: list[int], random: Random) -> None:
    again = [*hashes, *hashes[:3]]
    random.shuffle(again)
    ours, theirs = (np.array(values, dtype=np.uint32) for values in (hashes, again))
    assert signature(ours).tolist() == signature(theirs).tolist()


def test_texts_that_are_mostly_alike_share_a_band_and_others_none() -> None:
    lines = [f"第{number}条规定了编号为{number * 7}的事项" for number in range(100)]
    changed = [*lines[:95], *(f"新增的内容{number}" for number in range(5))]
    other = [f"湖边的灯塔每晚亮{number}小时" for number in range(100)]
    text, near, far = ("，".join(parts) for parts in (lines, changed, other))
    assert likeness(text, near) > 0.9
    assert set(bands(text)) & set(bands(near))
    assert not set(bands(text)) & set(bands(far))
    assert bands("太短。") == []
