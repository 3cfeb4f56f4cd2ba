"""Which parts of a text are prose. In: plain text and its language. Out: the regions that are not
(captions, credits, source lines, counters, addresses), for the article stage and for the extractor alike."""

from consumers.prose.regions import find_regions

__all__ = ["find_regions"]
