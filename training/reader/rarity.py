"""How rare each token of the encoder's table is, counted over text to train on."""

from pathlib import Path

import numpy as np

from index.models.encoder import Vectors
from index.models.loading import bundled
from training import sources
from training.articles import news_for_reader

_SOME = 6  # one of as many articles of news
_RARE = 20
_MOST = 1.5


def rarities(data: Path, cached: Path) -> Vectors:
    """Return the rarity of each row, 0 to 1.5, in hundredths; kept in a file."""
    if not cached.exists():
        encoder = bundled()
        texts = [article.text for article in news_for_reader(data)[::_SOME]]
        texts += dict.fromkeys(item.paragraph for item in sources.questions(data, "cmrc2018-train"))
        counts = np.zeros(len(encoder))
        for tokens in encoder.tokens(texts):
            np.add.at(counts, np.array(tokens, dtype=np.int64), 1)
        shares = np.log(counts.sum() / (counts + _RARE)) / 10
        np.save(cached, np.round(np.clip(shares, 0, _MOST) * 100).astype(np.uint8))
    rarity: Vectors = np.load(cached).astype(np.float32) / 100
    return rarity
