"""Every metric on one page, in flow order. Labels are bounded: never a feed, an actor, a story or a subscription.

Names follow the Prometheus conventions (base units, ``_total``); ``/metrics`` serves the default registry. Every
process has its own: counters and histograms are summed over the processes, gauges are taken at their maximum, for
several copies of a stage report the same thing. docs/metrics.md is made from this page.
"""

import platform
import sqlite3
from collections.abc import Collection, Iterator
from importlib.metadata import PackageNotFoundError, version
from itertools import product

from prometheus_client import Counter, Gauge, Histogram, Info, disable_created_metrics
from prometheus_client.metrics import MetricWrapperBase

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LONG = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600)
DAYS = (1, 5, 10, 30, 60, 120, 300, 900, 1800, 3600, 7200, 21600, 43200, 86400, 604800)

build = Info("wirewatch_build", "Versions of wirewatch and of what it runs on.")

# Sources
polls = Counter("wirewatch_polls_total", "Feeds asked, by how it went.", ["outcome"])
poll_bytes = Counter("wirewatch_poll_bytes_total", "Bytes of feed bodies after decompression.")
poll_lateness = Histogram("wirewatch_poll_lateness_seconds", "From due to request.", buckets=LONG)
poll_duration = Histogram("wirewatch_poll_duration_seconds", "A whole poll, parsing included.", buckets=SECONDS)
sources = Gauge("wirewatch_sources", "Feeds by state.", ["state"])
feeds_stale = Gauge("wirewatch_feeds_stale", "Feeds that fail and have given no good answer for six hours.")
feed_last_success = Gauge(
    "wirewatch_feed_last_success_timestamp_seconds", "When any feed last gave a good answer (Unix time)."
)
entries = Counter("wirewatch_entries_total", "Entries in feeds, by what they were.", ["outcome"])
refused_requests = Counter("wirewatch_refused_requests_total", "Outbound requests refused or cut, by cause.", ["cause"])

# Articles
pages = Counter("wirewatch_pages_total", "Where an article's text was had, by outcome.", ["outcome"])

# Every stage
stage_state = Gauge("wirewatch_stage_state", "1 for the state that the stage is in.", ["stage", "state"])
stage_last_success = Gauge(
    "wirewatch_stage_last_success_timestamp_seconds", "When something last went through (Unix time).", ["stage"]
)
stage_lag_records = Gauge(
    "wirewatch_stage_lag_records",
    "What waits for the stage or is in it: messages, due feeds, due deliveries.",
    ["stage"],
)
stage_lag_seconds = Gauge("wirewatch_stage_lag_seconds", "Age of the oldest of them; 0 when there is none.", ["stage"])
stage_in_progress = Gauge("wirewatch_stage_in_progress", "Messages, polls, deliveries in work.", ["stage"])
stage_messages = Counter(
    "wirewatch_stage_messages_total",
    "Messages that a stage has finished with, by outcome: entries handed on by source_to_entry, deliveries taken or "
    "given up in alert_to_delivery.",
    ["stage", "outcome"],
)
stage_retries = Counter("wirewatch_stage_retries_total", "Tries that failed and were followed by another.", ["stage"])
stage_duration = Histogram(
    "wirewatch_stage_duration_seconds",
    "A batch in a stage; a poll in source_to_entry, a try in alert_to_delivery, from the request to what it led to.",
    ["stage"],
    buckets=SECONDS,
)
stage_reached = Histogram(
    "wirewatch_stage_reached_seconds",
    "From the feed's answer to the end of this stage; of alert_to_delivery it is wirewatch_end_to_end_seconds.",
    ["stage"],
    buckets=LONG,
)
# Stages that read a topic
stage_braked = Gauge("wirewatch_stage_braked", "1 while a stage only probes because everything fails.", ["stage"])
dead_letters = Counter("wirewatch_dead_letters_total", "Messages put aside, by stage and reason.", ["stage", "reason"])
duplicates_suppressed = Counter(
    "wirewatch_duplicates_suppressed_total", "Messages that came again and changed nothing.", ["stage"]
)
zombie_batches = Counter(
    "wirewatch_zombie_batches_total",
    "Batches dropped because they are another process's by now.",
    ["stage"],
)
leases_expired = Counter("wirewatch_leases_expired_total", "Leases taken over from a process that is gone.", ["kind"])

# Alerts and deliveries
stories = Counter("wirewatch_stories_total", "Articles, by how they met their story.", ["outcome"])
alerts_raised = Counter("wirewatch_alerts_raised_total", "Alerts raised.", ["kind"])
alerts_delivered = Counter("wirewatch_alerts_delivered_total", "Alerts that a receiver has taken.", ["channel"])
deliveries = Counter("wirewatch_deliveries_total", "Tries, by channel and outcome.", ["channel", "outcome"])
outbox_size = Gauge("wirewatch_outbox_size", "Deliveries that are due or wait for their next try.")
outbox_oldest_age = Gauge(
    "wirewatch_outbox_oldest_age_seconds",
    "Since the oldest alert still undelivered was raised; 0 when none is.",
)
end_to_end = Histogram("wirewatch_end_to_end_seconds", "From the feed's answer to the delivered alert.", buckets=LONG)
published_to_delivered = Histogram(
    "wirewatch_published_to_delivered_seconds",
    "From the time that the feed gives for the article to the delivered alert, between 0 and a week.",
    buckets=DAYS,
)

# The log
log_appended = Counter("wirewatch_log_appended_total", "Records appended.", ["topic"])
log_dropped = Counter("wirewatch_log_dropped_total", "Unread records lost to the size limit.", ["topic"])
rebalances = Counter("wirewatch_rebalances_total", "Times that partitions were shared out anew.", ["group"])
commit_failures = Counter("wirewatch_commit_failures_total", "Commits that the broker refused or lost.", ["group"])
group_stuck = Gauge("wirewatch_group_stuck", "1 while a group has work and makes no progress.", ["group"])
client_rebuilds = Counter(
    "wirewatch_client_rebuilds_total", "Clients of the broker that were abandoned and made anew.", ["client"]
)

# The database, the disk
database_connections = Gauge("wirewatch_database_connections", "Connections in use.", ["use"])
database_wait = Histogram("wirewatch_database_wait_seconds", "Waiting for the turn to write.", buckets=SECONDS)
database_errors = Counter("wirewatch_database_errors_total", "Times that the database did not answer.")
wal_bytes = Gauge("wirewatch_wal_bytes", "Size of a write-ahead file of the data folder.", ["file"])
disk_free_bytes = Gauge("wirewatch_disk_free_bytes", "Free space where a folder is.", ["folder"])

# The process
pool_restarts = Counter("wirewatch_pool_restarts_total", "Reading processes that had to be replaced.")
event_loop_lag = Histogram("wirewatch_event_loop_lag_seconds", "How late the event loop runs.", buckets=SECONDS)

POLL_OUTCOMES = ("new", "unchanged", "not_modified", "moved", "refused", "gone", "failed", "invalid")
DEAD_REASONS = ("undecodable", "invalid", "exhausted", "crashed")
"""Not what its topic holds · refused with a cause · tried in vain · the stage raised something unforeseen."""
CHANNELS = ("console", "webhook")
READS = {"entry_to_article": "entries", "article_to_extraction": "articles", "extraction_to_alert": "extractions"}

_Series = tuple[MetricWrapperBase, tuple[tuple[str, ...], ...]]


def _series(stage: str) -> Iterator[_Series]:
    """The label values that a stage's metrics will have."""
    name = (stage,)
    for metric in (stage_last_success, stage_lag_records, stage_lag_seconds, stage_in_progress):
        yield metric, (name,)
    for measured in (stage_retries, stage_duration):
        yield measured, (name,)
    yield stage_messages, (name, ("done", "dead"))
    if stage != "alert_to_delivery":
        yield stage_reached, (name,)
    if stage == "source_to_entry":
        yield polls, (POLL_OUTCOMES,)
        yield entries, (("new", "edited", "known", "restless"),)
        yield log_appended, (("entries",),)
        yield leases_expired, (("source",),)
    if stage in READS:
        for told in (stage_braked, zombie_batches, rebalances, commit_failures, group_stuck):
            yield told, (name,)
        yield dead_letters, (name, DEAD_REASONS)
        yield log_dropped, ((READS[stage],),)
    if stage == "entry_to_article":
        yield pages, (("feed", "page", "failed", "no_link"),)
        yield log_appended, (("articles",),)
    if stage == "article_to_extraction":
        yield log_appended, (("extractions",),)
    if stage == "extraction_to_alert":
        yield stories, (("first", "copy", "edit", "news"),)
        yield alerts_raised, (("raised", "revised"),)
        yield duplicates_suppressed, (name,)
    if stage == "alert_to_delivery":
        yield alerts_delivered, (CHANNELS,)
        yield deliveries, (CHANNELS, ("delivered", "retried", "failed", "disabled"))
        yield leases_expired, (("delivery",),)


def begin(stages: Collection[str]) -> None:
    """Series of this process's stages at 0, so that a first event is seen as a rise; the versions."""
    disable_created_metrics()  # type: ignore[no-untyped-call]
    for stage in stages:
        for metric, values in _series(stage):
            for labels in product(*values):
                metric.labels(*labels)
    for cause in ("address", "deadline", "redirects", "size"):
        refused_requests.labels(cause)
    for client in ("producer", "consumer", "admin"):
        client_rebuilds.labels(client)
    packages = ("wirewatch", "spacy", "aiokafka", "sqlalchemy", "asyncpg")
    versions = {package: _version(package) for package in packages}
    mine = versions.pop("wirewatch")
    build.info({"version": mine, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version, **versions})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
