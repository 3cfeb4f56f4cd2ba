"""Every metric on one page, in flow order. Labels are bounded: never a feed, an actor or a subscription.

Names follow the Prometheus conventions (base units, ``_total``); ``/metrics`` serves the default registry.
"""

from prometheus_client import Counter, Gauge, Histogram, Info

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LONG = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600)

build = Info("wirewatch_build", "Version of wirewatch and of what it reads with.")

# Sources
polls = Counter("wirewatch_polls_total", "Feeds asked, by how it went.", ["outcome"])
poll_bytes = Counter("wirewatch_poll_bytes_total", "Bytes of feed bodies after decompression.")
poll_lateness = Histogram("wirewatch_poll_lateness_seconds", "From due to request.", buckets=LONG)
poll_duration = Histogram("wirewatch_poll_duration_seconds", "A whole poll, parsing included.", buckets=SECONDS)
sources = Gauge("wirewatch_sources", "Sources by state.", ["state"])
entries = Counter("wirewatch_entries_total", "Entries in feeds, by what they were.", ["outcome"])
refused_requests = Counter("wirewatch_refused_requests_total", "Outbound requests refused or cut, by cause.", ["cause"])

# Articles
pages = Counter("wirewatch_pages_total", "Where an article's text was had, by outcome.", ["outcome"])

# Every stage that reads a topic
stage_messages = Counter("wirewatch_stage_messages_total", "Messages, by stage and outcome.", ["stage", "outcome"])
stage_duration = Histogram("wirewatch_stage_duration_seconds", "A batch in a stage.", ["stage"], buckets=SECONDS)
stage_in_progress = Gauge("wirewatch_stage_in_progress", "Messages in work.", ["stage"])
stage_last_success = Gauge(
    "wirewatch_stage_last_success_timestamp_seconds", "When a batch last went through.", ["stage"]
)
stage_braked = Gauge("wirewatch_stage_braked", "1 while a stage only probes because everything fails.", ["stage"])
dead_letters = Counter("wirewatch_dead_letters_total", "Messages put aside with their cause.", ["topic"])

# Alerts and deliveries
alerts = Counter("wirewatch_alerts_total", "Alerts raised.", ["kind"])
stories = Counter("wirewatch_stories_total", "Articles, by how they met their story.", ["outcome"])
deliveries = Counter("wirewatch_deliveries_total", "Tries, by channel and outcome.", ["channel", "outcome"])
outbox_age = Gauge("wirewatch_outbox_oldest_seconds", "Age of the oldest delivery that is due.")
end_to_end = Histogram("wirewatch_end_to_end_seconds", "From the feed's answer to the delivered alert.", buckets=LONG)

# The log
log_appended = Counter("wirewatch_log_appended_total", "Records appended.", ["topic"])
log_lag = Gauge("wirewatch_log_lag_messages", "Records not yet committed.", ["topic", "group"])
log_wal_bytes = Gauge("wirewatch_log_wal_bytes", "Size of the embedded log's write-ahead file.")
log_dropped = Counter("wirewatch_log_dropped_total", "Unread records lost to the size limit.", ["topic"])

# The process
pool_restarts = Counter("wirewatch_pool_restarts_total", "Reading processes that had to be replaced.")
loop_lag = Histogram("wirewatch_loop_lag_seconds", "How late the event loop runs.", buckets=SECONDS)
