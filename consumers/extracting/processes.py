"""What runs inside a reading process: one reader, made when the process starts.

The service imports this too, to name what its processes run: the reading machinery (spaCy) is imported in them alone.
"""

import gc
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING

from service import allocator
from service.actors import Catalogue, load_catalogue
from service.contracts import Article, Extraction
from service.garbage import keep_what_is_loaded

if TYPE_CHECKING:
    from consumers.extracting.pipeline import Reader

_reader: "list[Reader]" = []


def prepare(load: Callable[[], Catalogue] = load_catalogue) -> None:
    """Loads the catalogue. ``load``: a picklable function, so users' own actors can be among them."""
    if parent_process() is not None:
        # Ctrl-C in a terminal goes to all of them: the service decides what is still finished.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True, name="parent").start()
    gc.disable()
    allocator.settle()
    from consumers.extracting.pipeline import Reader

    _reader[:] = [Reader(load())]
    keep_what_is_loaded()


def _end_with_parent() -> None:
    """A service that was killed cannot end its readers; they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def read(articles: Sequence[bytes]) -> list[bytes | str]:
    """Articles as JSON to extractions as JSON; for one that cannot be read a line that says why."""
    results: list[bytes | str] = []
    languages = _reader[0].languages
    for data in articles:
        try:
            results.append(_reader[0].extract(Article.model_validate_json(data)).to_json())
        except Exception as error:
            results.append(f"{type(error).__name__}: {error}")
    if _reader[0].languages > languages:
        keep_what_is_loaded()
    return results


def decoded(result: bytes) -> Extraction:
    """The other end of ``read``."""
    return Extraction.model_validate_json(result)
