"""Where this process takes memory from: glibc's pools, or for what is large, the system itself."""

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # of malloc.h
_POOLS = 2
_LARGE = 2**20  # bytes


def limit_pools() -> None:
    """Let all threads take memory from a few pools, and what is large from none.

    To be called before there are threads. glibc gives each thread a pool of its own, which keeps
    what the largest question and the last index took: under load and edits a third of a server's
    memory. It also takes ever larger arrays from pools, whose gaps are not given back: of a million
    passages 200 MB after 300 questions.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl, for one, has no such pools
    if mallopt is not None:
        mallopt(_ARENA_MAX, _POOLS)
        mallopt(_MMAP_THRESHOLD, _LARGE)
