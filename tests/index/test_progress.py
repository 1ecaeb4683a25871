"""Progress never goes back, and ends where it is to end."""

from hypothesis import given
from hypothesis import strategies as st

from index.progress import PartialProgress

PIECES = st.lists(
    st.tuples(st.integers(0, 10_000_000), st.lists(st.floats(0, 1), max_size=4)), max_size=8
)


@given(PIECES, st.integers(0, 5_000_000))
def test_progress_of_pieces_and_their_parts_never_goes_back(
    pieces: list[tuple[int, list[float]]], beyond: int
) -> None:
    total = sum(size for size, _ in pieces) + beyond
    reported: list[tuple[str, int, int]] = []
    progress = PartialProgress("reading", total, lambda *values: reported.append(values))
    names = iter(range(len(pieces)))
    for name, (size, shares) in enumerate(pieces):
        for share in shares:
            progress.partly(name, size, share)
    for _ in progress.each(pieces, lambda piece: (next(names), piece[0])):
        pass
    end = -(-total // 1000)
    done = [value for _, value, _ in reported]
    assert done == sorted(done)
    assert (reported[-1], {whole for _, _, whole in reported}) == (("reading", end, end), {end})


def test_a_part_of_a_piece_is_told_in_thousands() -> None:
    reported: list[int] = []
    progress = PartialProgress("reading", 10_000, lambda _, done, __: reported.append(done))
    progress.partly("a", 8000, 0.5)
    progress.partly("a", 8000, 0.25)
    assert list(progress.each(["a"], lambda name: (name, 8000))) == ["a"]
    assert reported == [4, 4, 4, 8, 10]
