"""Flow: each stage in the order of the flow, all with the same figures, so that one sees where time is lost."""

from collections.abc import Iterator

from deploy.grafana.panels import JOB, Dashboard, Panel, Query, Row
from service.topology import STAGES, StageNode

OWN_UNIT = {"source_to_entry": ("Entries handed on", "a poll"), "alert_to_delivery": ("Deliveries", "a try")}
"""The stages that read no topic: what they finish with, what they do at a time."""


def _of(stage: str) -> str:
    return f'{JOB},stage="{stage}"'


def _finished(stage: str) -> Panel:
    title, _ = OWN_UNIT.get(stage, ("Messages", ""))
    metric = f"wirewatch_stage_messages_total{{{_of(stage)}}}"
    return Panel(
        title,
        "Finished a second, by outcome; dead: put aside or given up.",
        [Query(f"sum by (outcome) (rate({metric}[$__rate_interval]))", "{{outcome}}")],
        "ops",
        "stack",
        width=6,
    )


def _took(stage: str) -> Panel:
    _, unit = OWN_UNIT.get(stage, ("", "a batch in the stage"))
    buckets = f"sum by (le) (rate(wirewatch_stage_duration_seconds_bucket{{{_of(stage)}}}[$__rate_interval]))"
    return Panel(
        "Duration",
        f"Of {unit}; what is tried again counts each time.",
        [Query(f"histogram_quantile({share}, {buckets})", name) for share, name in ((0.5, "p50"), (0.99, "p99"))],
        "s",
        width=6,
    )


def _waits(stage: str) -> Panel:
    return Panel(
        "Waiting, in work",
        "What waits for it or is in it, and the age of the oldest in seconds.",
        [
            Query(f"job_stage:wirewatch_stage_lag_records:max{{{_of(stage)}}}", "waiting"),
            Query(f"job_stage:wirewatch_stage_lag_seconds:max{{{_of(stage)}}}", "age of the oldest in seconds"),
            Query(f"sum(wirewatch_stage_in_progress{{{_of(stage)}}})", "in work"),
        ],
        width=6,
    )


def _trouble(stage: str) -> Panel:
    queries = [
        Query(f'max by (state) (wirewatch_stage_state{{{_of(stage)},state!="running"}}) > 0', "{{state}}"),
        Query(f"sum(increase(wirewatch_stage_retries_total{{{_of(stage)}}}[$__rate_interval]))", "retries"),
    ]
    if stage not in OWN_UNIT:
        put_aside = f"wirewatch_dead_letters_total{{{_of(stage)}}}"
        queries.append(
            Query(f"sum by (reason) (increase({put_aside}[$__rate_interval]))", "put aside: {{reason}}"),
        )
    return Panel("Trouble", "States other than running, tries that failed, messages put aside.", queries, width=6)


def _row(stage: StageNode) -> Row:
    return Row(
        f"{stage.name}: {stage.reads} → {', '.join(stage.writes)} (bound by {stage.bound_by})",
        (_finished(stage.name), _took(stage.name), _waits(stage.name), _trouble(stage.name)),
    )


def _whole() -> Iterator[Panel]:
    yield Panel(
        "Reached after (p99)",
        "From the feed's answer to the end of each stage: where two lines part, time is lost.",
        [
            Query(f"job_stage:wirewatch_stage_reached_seconds:p99_5m{{{JOB}}}", "{{stage}}"),
            Query(f"job:wirewatch_end_to_end_seconds:p99_5m{{{JOB}}}", "delivered"),
        ],
        "s",
        width=12,
    )
    yield Panel(
        "Since the last success",
        "On a quiet topic this grows and nothing is wrong; together with what waits it tells a stage that is stuck.",
        [
            Query(
                f"time() - (job_stage:wirewatch_stage_last_success_timestamp_seconds:max{{{JOB}}} > 0)",
                "{{stage}}",
            )
        ],
        "s",
        width=12,
    )


def _between() -> Iterator[Panel]:
    asked = f"sum by (le) (rate(wirewatch_poll_duration_seconds_bucket{{{JOB}}}[$__rate_interval]))"
    yield Panel(
        "Feeds asked",
        "By outcome, a second.",
        [Query(f"sum by (outcome) (rate(wirewatch_polls_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}")],
        "ops",
        "stack",
    )
    yield Panel(
        "A feed answers after (p99)",
        "From the request to what the poll decided.",
        [Query(f"histogram_quantile(0.99, {asked})", "p99")],
        "s",
    )
    yield Panel(
        "Tries to deliver",
        "By outcome, a second; retried: it is tried again.",
        [Query(f"sum by (outcome) (rate(wirewatch_deliveries_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}")],
        "ops",
        "stack",
    )
    yield Panel(
        "Where texts come from",
        "feed: it had the whole text · page: fetched · failed: the page could not be had, the feed's text is used.",
        [Query(f"sum by (outcome) (rate(wirewatch_pages_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}")],
        "ops",
        "stack",
    )
    yield Panel(
        "How articles meet their story",
        "first: a new one · copy, edit: nothing new · news: something that the story did not have.",
        [Query(f"sum by (outcome) (rate(wirewatch_stories_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}")],
        "ops",
        "stack",
    )
    yield Panel(
        "Came again, changed nothing",
        "Repeats after a crash or a rebalance; they are known by their ids.",
        [
            Query(
                f"sum by (stage) (increase(wirewatch_duplicates_suppressed_total{{{JOB}}}[$__rate_interval]))",
                "{{stage}}",
            )
        ],
    )


FLOW = Dashboard(
    "wirewatch-flow",
    "wirewatch / Flow",
    "Each stage in the order of the flow: how much, how long, what waits, what fails.",
    (Row("The whole way", tuple(_whole())), *map(_row, STAGES), Row("In between", tuple(_between()))),
)
