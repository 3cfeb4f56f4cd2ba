"""wirewatch with a reader that marked texts kill, hang or break: ``python -m tests.faults.poison run …``.

No text is known to do so to the real one; the product itself knows nothing of this.
"""

import os
import signal
import time
from collections.abc import Sequence

from consumers.extracting import processes

KILLS, HANGS, RAISES, REFUSED = "Mordwort", "Hängewort", "Bruchwort", "Neinwort"
"""Words in an article that do it."""


def read(articles: Sequence[bytes]) -> list[bytes | str]:
    """As the real one, which is asked; runs in a reading process."""
    texts = [article.decode() for article in articles]
    for text in texts:
        if KILLS in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if HANGS in text:
            time.sleep(3600)
        if RAISES in text:
            raise MemoryError(RAISES)
    results = processes.read(articles)
    return [REFUSED if REFUSED in text else result for text, result in zip(texts, results, strict=True)]


if __name__ == "__main__":
    import consumers.article_to_extraction
    from tests.faults import poison

    consumers.article_to_extraction.read = poison.read
    from service.cli.main import main

    main()
