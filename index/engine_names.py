"""Names of the engines of dense retrieval, as settings and manifests have them."""

from typing import Final

AUTO: Final = "auto"
"""The choice by size and measured recall."""

EXACT: Final = "exact"
"""Every vector is compared."""

PQ: Final = "pq"
"""Codes of product quantisation find the likely nearest, which are compared."""
