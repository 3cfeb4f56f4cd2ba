"""The map: which stage reads what, writes what and decides what. Feeds the runtime, ``wirewatch graph``, the docs."""

from collections.abc import Iterable
from dataclasses import dataclass

ENTRIES, ARTICLES, EXTRACTIONS = "entries", "articles", "extractions"
TOPICS = (ENTRIES, ARTICLES, EXTRACTIONS)


@dataclass(frozen=True)
class StageNode:
    """``reads`` and ``writes`` are topics, or a word for what is outside the log."""

    name: str
    reads: str
    writes: tuple[str, ...]
    bound_by: str
    decides: str


STAGES = (
    StageNode("source_to_entry", "due sources", (ENTRIES,), "network", "is it due, is it new, when to come again"),
    StageNode(
        "entry_to_article", ENTRIES, (ARTICLES,), "network", "full text, language, address, author, agencies it cites"
    ),
    StageNode("article_to_extraction", ARTICLES, (EXTRACTIONS,), "CPU", "mentions, actors, statements with speaker"),
    StageNode(
        "extraction_to_alert",
        EXTRACTIONS,
        ("stories", "alerts", "outbox"),
        "memory and database",
        "same story? which subscriptions, and why",
    ),
    StageNode("alert_to_delivery", "outbox", ("webhook", "console"), "other people's servers", "tries and receipts"),
)
NAMES = tuple(stage.name for stage in STAGES)
WEB = "web"
"""The page and the API: no stage, but like one it can run by itself."""
PARTS = (*NAMES, WEB)


def chosen(only: Iterable[str]) -> frozenset[str]:
    """Parts of ``run --only``; nothing chosen means all of them. Raises ValueError naming what is wrong."""
    names = frozenset(only)
    unknown = sorted(names - set(PARTS))
    if unknown:
        raise ValueError(f'no stage "{unknown[0]}"; stages are {", ".join(NAMES)}, and {WEB} is page and API')
    return names or frozenset(PARTS)


def drawing() -> str:
    """The flow as text, one stage a line."""
    width = max(len(stage.name) for stage in STAGES)
    reads = max(len(_topic(stage.reads)) for stage in STAGES)
    return "\n".join(
        f"{_topic(stage.reads):>{reads}} ──▶ {stage.name:<{width}} ──▶ {' · '.join(map(_topic, stage.writes))}"
        for stage in STAGES
    )


def _topic(name: str) -> str:
    return f"[{name}]" if name in TOPICS else name
