"""Overview: are alerts told in time, do the feeds answer, does anything wait?"""

from deploy.grafana.panels import JOB, Dashboard, Panel, Query, Row

WELL = Row(
    "Is all well?",
    (
        Panel(
            "Alerts in a minute",
            "Share of alerts of the last hour that were delivered within a minute of the feed's answer.",
            [Query(f"job:wirewatch_end_to_end_seconds:within_60s_ratio_rate1h{{{JOB}}}", "{{job}}")],
            "percentunit",
            "number",
            {0.0: "red", 0.95: "yellow", 0.99: "green"},
            width=4,
            height=5,
        ),
        Panel(
            "End to end, p99",
            "From the feed's answer to the delivered alert: one in a hundred took longer.",
            [Query(f"job:wirewatch_end_to_end_seconds:p99_5m{{{JOB}}}", "{{job}}")],
            "s",
            "number",
            {30: "yellow", 60: "red"},
            width=4,
            height=5,
        ),
        Panel(
            "Stages running",
            "Of five. One that no process runs is missing here.",
            [Query(f'sum(job_stage:wirewatch_stage_running:max{{{JOB},stage!="web"}})', "stages")],
            "short",
            "number",
            {0: "red", 5: "green"},
            width=4,
            height=5,
        ),
        Panel(
            "Feeds stale",
            "Share of the feeds that have failed for six hours or longer.",
            [Query(f"job:wirewatch_feeds_stale:ratio{{{JOB}}}", "{{job}}")],
            "percentunit",
            "number",
            {0.05: "yellow", 0.2: "red"},
            width=4,
            height=5,
        ),
        Panel(
            "Oldest that waits",
            "The oldest unfinished message of any stage.",
            [Query(f"max(job_stage:wirewatch_stage_lag_seconds:max{{{JOB}}})", "age")],
            "s",
            "number",
            {60: "yellow", 300: "red"},
            width=4,
            height=5,
        ),
        Panel(
            "Firing",
            "Alerts of wirewatch's own rules that fire now; docs/runbooks.md says what to do.",
            [
                Query(
                    'count(ALERTS{alertname=~"Wirewatch.*",alertstate="firing",severity!="none"}) or vector(0)',
                    "alerts",
                )
            ],
            "short",
            "number",
            {1: "red"},
            width=4,
            height=5,
        ),
    ),
)

ALERTS = Row(
    "Alerts",
    (
        Panel(
            "From the feed's answer to the delivered alert",
            "Retries and replays count with their whole age.",
            [
                Query(f"job:wirewatch_end_to_end_seconds:p50_5m{{{JOB}}}", "p50"),
                Query(f"job:wirewatch_end_to_end_seconds:p99_5m{{{JOB}}}", "p99"),
            ],
            "s",
            steps={60: "red"},
        ),
        Panel(
            "How long alerts were under way",
            "Each column is the alerts of that time, by how long they took.",
            [
                Query(
                    f"sum by (le) (increase(wirewatch_end_to_end_seconds_bucket{{{JOB}}}[$__rate_interval]))", "{{le}}"
                )
            ],
            "short",
            "heat",
        ),
        Panel(
            "From publication to the delivered alert",
            "By the time that feeds give, which may be anything; mostly the time until the feed was asked.",
            [
                Query(
                    f"histogram_quantile({share}, sum by (le) "
                    f"(rate(wirewatch_published_to_delivered_seconds_bucket{{{JOB}}}[1h])))",
                    name,
                )
                for share, name in ((0.5, "p50"), (0.9, "p90"))
            ],
            "s",
        ),
        Panel(
            "Raised and delivered",
            "Alerts a second. Delivered is more than raised where a subscription has several channels.",
            [
                Query(f"sum by (kind) (rate(wirewatch_alerts_raised_total{{{JOB}}}[$__rate_interval]))", "{{kind}}"),
                Query(
                    f"sum by (channel) (rate(wirewatch_alerts_delivered_total{{{JOB}}}[$__rate_interval]))",
                    "delivered: {{channel}}",
                ),
            ],
            "ops",
        ),
        Panel(
            "Tries to deliver",
            "By what came of them. Retried: the receiver did not take it, and is asked again.",
            [
                Query(
                    f"sum by (outcome) (rate(wirewatch_deliveries_total{{{JOB}}}[$__rate_interval]))",
                    "{{outcome}}",
                )
            ],
            "ops",
            "stack",
        ),
        Panel(
            "Outbox",
            "Deliveries that wait, and since when the oldest alert among them is undelivered.",
            [
                Query(f"max by (job) (wirewatch_outbox_size{{{JOB}}})", "waiting"),
                Query(f"max by (job) (wirewatch_outbox_oldest_age_seconds{{{JOB}}})", "age of the oldest in seconds"),
            ],
        ),
    ),
)

FEEDS = Row(
    "Feeds",
    (
        Panel(
            "Polls",
            "Feeds asked, by how it went.",
            [Query(f"job_outcome:wirewatch_polls:rate5m{{{JOB}}}", "{{outcome}}")],
            "ops",
            "stack",
        ),
        Panel(
            "Answered with 304",
            'Share of good answers that were "not modified": the higher, the politer.',
            [Query(f"job:wirewatch_polls_not_modified:ratio_rate1h{{{JOB}}}", "{{job}}")],
            "percentunit",
            most=1,
        ),
        Panel(
            "Feeds by state",
            "paused: the server asked to wait · failing: asked again with growing pauses · gone: answered 410.",
            [
                Query(f"max by (state) (wirewatch_sources{{{JOB}}})", "{{state}}"),
                Query(f"max by (job) (wirewatch_feeds_stale{{{JOB}}})", "stale"),
            ],
        ),
        Panel(
            "Entries",
            "In feeds, by what they were; new and edited ones go on.",
            [Query(f"sum by (outcome) (rate(wirewatch_entries_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}")],
            "ops",
            "stack",
        ),
        Panel(
            "Since the last good answer",
            "Of any feed.",
            [Query(f"time() - (max by (job) (wirewatch_feed_last_success_timestamp_seconds{{{JOB}}}) > 0)", "{{job}}")],
            "s",
        ),
        Panel(
            "How late feeds are asked",
            "From when they were due. More than seconds: too many for poll.concurrency, or for one server.",
            [
                Query(
                    f"histogram_quantile({share}, sum by (le) "
                    f"(rate(wirewatch_poll_lateness_seconds_bucket{{{JOB}}}[$__rate_interval])))",
                    name,
                )
                for share, name in ((0.5, "p50"), (0.99, "p99"))
            ],
            "s",
        ),
    ),
)

LAG = Row(
    "What waits",
    (
        Panel(
            "Age of the oldest",
            "0 when nothing waits.",
            [Query(f"job_stage:wirewatch_stage_lag_seconds:max{{{JOB}}}", "{{stage}}")],
            "s",
            steps={300: "red"},
            width=12,
        ),
        Panel(
            "Number",
            "Messages of the stages that read a topic, due feeds, due deliveries.",
            [Query(f"job_stage:wirewatch_stage_lag_records:max{{{JOB}}}", "{{stage}}")],
            width=12,
        ),
    ),
)

OVERVIEW = Dashboard(
    "wirewatch-overview",
    "wirewatch / Overview",
    "Are alerts told in time, do the feeds answer, does anything wait?",
    (WELL, ALERTS, FEEDS, LAG),
)
