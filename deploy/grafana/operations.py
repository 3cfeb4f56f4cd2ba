"""Operations: the log, the database, what is put aside, the processes."""

from deploy.grafana.panels import JOB, PROCESS, Dashboard, Panel, Query, Row


def _counted(metric: str, by: str, labels: str = JOB) -> Query:
    return Query(f"sum by ({by}) (increase({metric}{{{labels}}}[$__rate_interval]))", f"{{{{{by}}}}}")


ASIDE = Row(
    "Put aside",
    (
        Panel(
            "Dead letters of a day",
            "wirewatch dlq list shows them; crashed is a mistake of ours.",
            [
                Query(
                    f"sum by (stage, reason) (increase(wirewatch_dead_letters_total{{{JOB}}}[1d])) > 0",
                    table=True,
                )
            ],
            style="table",
        ),
        Panel("Dead letters", "As they come.", [_counted("wirewatch_dead_letters_total", "stage")], style="stack"),
        Panel(
            "Brakes, stuck groups",
            "1: the stage only probes because everything failed; the group has work and does not move.",
            [
                Query(f"max by (stage) (wirewatch_stage_braked{{{JOB}}})", "braked: {{stage}}"),
                Query(f"max by (group) (wirewatch_group_stuck{{{JOB}}})", "stuck: {{group}}"),
            ],
            steps={1: "red"},
        ),
        Panel(
            "Refused and cut requests",
            "Outbound: private addresses, too large, too slow, too many redirects.",
            [_counted("wirewatch_refused_requests_total", "cause")],
            style="stack",
        ),
        Panel(
            "Leases taken over",
            "From processes that are gone: sources and deliveries.",
            [_counted("wirewatch_leases_expired_total", "kind")],
        ),
        Panel(
            "Outbox",
            "Deliveries that wait for their time or their turn.",
            [Query(f"max by (job) (wirewatch_outbox_size{{{JOB}}})", "{{job}}")],
        ),
    ),
)

LOG = Row(
    "The log",
    (
        Panel(
            "Appended",
            "Records a second.",
            [Query(f"sum by (topic) (rate(wirewatch_log_appended_total{{{JOB}}}[$__rate_interval]))", "{{topic}}")],
            "ops",
        ),
        Panel(
            "Rebalances",
            "Each stops its group for a moment.",
            [Query(f"job_group:wirewatch_rebalances:increase15m{{{JOB}}}", "{{group}}")],
            steps={10: "red"},
        ),
        Panel(
            "Commits that failed",
            "The work is done again.",
            [_counted("wirewatch_commit_failures_total", "group")],
        ),
        Panel(
            "Clients made anew",
            "They hung, or answered what they do not recover from.",
            [_counted("wirewatch_client_rebuilds_total", "client")],
        ),
        Panel(
            "Batches of others",
            "Finished too late and dropped: the partition is another process's by now.",
            [_counted("wirewatch_zombie_batches_total", "stage")],
        ),
        Panel(
            "Lost unread",
            "Embedded log only: beyond twice log.max_size.",
            [_counted("wirewatch_log_dropped_total", "topic")],
            steps={1: "red"},
        ),
    ),
)

STORAGE = Row(
    "The database and the disk",
    (
        Panel(
            "Connections in use",
            "Of each process.",
            [Query(f"wirewatch_database_connections{{{PROCESS}}}", "{{instance}} {{use}}")],
        ),
        Panel(
            "Waiting for the turn to write",
            "A process writes one transaction at a time.",
            [
                Query(
                    f"histogram_quantile({share}, sum by (le) "
                    f"(rate(wirewatch_database_wait_seconds_bucket{{{PROCESS}}}[$__rate_interval])))",
                    name,
                )
                for share, name in ((0.5, "p50"), (0.99, "p99"))
            ],
            "s",
        ),
        Panel(
            "Not answered",
            "Times that the database was locked, full or gone.",
            [_counted("wirewatch_database_errors_total", "instance", PROCESS)],
            steps={1: "red"},
        ),
        Panel(
            "Write-ahead files",
            "Of the data folder. One that only grows is held by somebody who reads for long.",
            [Query(f"wirewatch_wal_bytes{{{PROCESS}}}", "{{instance}} {{file}}")],
            "bytes",
            steps={268435456: "red"},
            width=12,
        ),
        Panel(
            "Free on the disk",
            "Where the data folder is.",
            [Query(f"wirewatch_disk_free_bytes{{{PROCESS}}}", "{{instance}}")],
            "bytes",
            width=12,
        ),
    ),
)

PROCESSES = Row(
    "Processes",
    (
        Panel(
            "Event loop, late by (p99)",
            "More than half a second: heartbeats and deadlines suffer.",
            [Query(f"job_instance:wirewatch_event_loop_lag_seconds:p99_5m{{{PROCESS}}}", "{{instance}}")],
            "s",
            steps={0.5: "red"},
        ),
        Panel(
            "CPU",
            "Cores in use, without the reading processes.",
            [Query(f"rate(process_cpu_seconds_total{{{PROCESS}}}[$__rate_interval])", "{{instance}}")],
        ),
        Panel(
            "Memory",
            "Resident, without the reading processes.",
            [Query(f"process_resident_memory_bytes{{{PROCESS}}}", "{{instance}}")],
            "bytes",
        ),
        Panel(
            "Open files",
            "Of what may be open.",
            [Query(f"process_open_fds{{{PROCESS}}} / process_max_fds{{{PROCESS}}}", "{{instance}}")],
            "percentunit",
            steps={0.8: "red"},
            most=1,
        ),
        Panel(
            "Reading processes replaced",
            "They died or took too long.",
            [_counted("wirewatch_pool_restarts_total", "instance", PROCESS)],
        ),
        Panel(
            "Started",
            "Ago. A line that falls to 0 is a restart.",
            [Query(f"time() - process_start_time_seconds{{{PROCESS}}}", "{{instance}}")],
            "s",
        ),
        Panel(
            "Versions",
            "Of wirewatch and of what it runs on, process by process.",
            [Query(f"wirewatch_build_info{{{PROCESS}}}", table=True)],
            style="table",
            width=24,
        ),
    ),
)

OPERATIONS = Dashboard(
    "wirewatch-operations",
    "wirewatch / Operations",
    "What is put aside, the log, the database and the disk, the processes.",
    (ASIDE, LOG, STORAGE, PROCESSES),
)
