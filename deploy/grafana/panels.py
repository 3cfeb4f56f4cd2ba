"""What dashboards are made of: queries, panels, rows, as plain data in the form that Grafana 11 and later read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 24
"""Columns of Grafana's grid."""
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
SCHEMA = 39
"""Of dashboards in Grafana 11.0; later ones bring it up to date by themselves."""

JOB = 'job=~"$job"'
PROCESS = 'job=~"$job",instance=~"$instance"'


@dataclass(frozen=True)
class Query:
    """``expression``: PromQL · ``legend``: with {{label}} · ``table``: the present moment, as rows."""

    expression: str
    legend: str = ""
    table: bool = False


@dataclass(frozen=True)
class Panel:
    """``about``: what it shows and what to make of it · ``unit``: Grafana's name of it · ``steps``: from which value on
    which colour · ``style``: "line", "stack", "number", "table" or "heat"."""

    title: str
    about: str
    queries: Sequence[Query]
    unit: str = "short"
    style: str = "line"
    steps: Mapping[float, str] = field(default_factory=dict)
    width: int = 8
    height: int = 8
    most: float | None = None


@dataclass(frozen=True)
class Row:
    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Dashboard:
    uid: str
    title: str
    about: str
    rows: Sequence[Row]


_KINDS = {"line": "timeseries", "stack": "timeseries", "number": "stat", "table": "table", "heat": "heatmap"}


def rendered(dashboard: Dashboard) -> dict[str, Any]:
    """The dashboard as Grafana's JSON model."""
    panels: list[dict[str, Any]] = []
    down = 0
    for row in dashboard.rows:
        panels.append(
            {
                "id": len(panels) + 1,
                "type": "row",
                "title": row.title,
                "collapsed": False,
                "gridPos": {"h": 1, "w": WIDTH, "x": 0, "y": down},
                "panels": [],
            }
        )
        down += 1
        across = tallest = 0
        for panel in row.panels:
            if across + panel.width > WIDTH:
                down, across, tallest = down + tallest, 0, 0
            place = {"h": panel.height, "w": panel.width, "x": across, "y": down}
            panels.append({"id": len(panels) + 1, "gridPos": place, **_panel(panel)})
            across, tallest = across + panel.width, max(tallest, panel.height)
        down += tallest
    return {
        "uid": dashboard.uid,
        "title": dashboard.title,
        "description": dashboard.about,
        "tags": ["wirewatch"],
        "schemaVersion": SCHEMA,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "links": [
            {
                "type": "dashboards",
                "tags": ["wirewatch"],
                "title": "wirewatch",
                "asDropdown": False,
                "includeVars": True,
                "keepTime": True,
            }
        ],
        "annotations": {"list": [_firing()]},
        "templating": {"list": _variables()},
        "panels": panels,
    }


def _panel(panel: Panel) -> dict[str, Any]:
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    steps += [{"color": colour, "value": value} for value, colour in sorted(panel.steps.items())]
    defaults: dict[str, Any] = {"unit": panel.unit, "thresholds": {"mode": "absolute", "steps": steps}}
    if panel.style in ("line", "stack"):
        defaults |= {"min": 0, "color": {"mode": "palette-classic"}, "custom": _lines(panel)}
    else:
        defaults["color"] = {"mode": "thresholds"}
    if panel.most is not None:
        defaults["max"] = panel.most
    return {
        "type": _KINDS[panel.style],
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": _options(panel.style),
        "targets": [_target(query, chr(ord("A") + number), panel.style) for number, query in enumerate(panel.queries)],
        **(
            {"transformations": [{"id": "organize", "options": {"excludeByName": {"Time": True}}}]}
            if panel.style == "table"
            else {}
        ),
    }


def _lines(panel: Panel) -> dict[str, Any]:
    return {
        "lineWidth": 1,
        "fillOpacity": 40 if panel.style == "stack" else 0,
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"mode": "normal" if panel.style == "stack" else "none", "group": "A"},
        "thresholdsStyle": {"mode": "line" if panel.steps else "off"},
    }


def _options(style: str) -> dict[str, Any]:
    if style == "number":
        return {
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "colorMode": "value",
            "graphMode": "area",
            "textMode": "auto",
        }
    if style == "table":
        return {"showHeader": True, "cellHeight": "sm"}
    if style == "heat":
        return {
            "calculate": False,
            "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64},
            "yAxis": {"unit": "s"},
            "cellGap": 1,
            "tooltip": {"mode": "single", "yHistogram": False},
        }
    return {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }


def _target(query: Query, name: str, style: str) -> dict[str, Any]:
    instant = query.table or style == "table"
    return {
        "refId": name,
        "datasource": SOURCE,
        "editorMode": "code",
        "expr": query.expression,
        "legendFormat": query.legend or "__auto",
        "format": "table" if instant else "heatmap" if style == "heat" else "time_series",
        "instant": instant,
        "range": not instant,
    }


def _variables() -> list[dict[str, Any]]:
    def label(name: str, query: str) -> dict[str, Any]:
        return {
            "name": name,
            "label": name,
            "type": "query",
            "datasource": SOURCE,
            "query": {"query": query, "refId": name},
            "definition": query,
            "refresh": 2,
            "sort": 1,
            "multi": True,
            "includeAll": True,
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        }

    source = {
        "name": "datasource",
        "label": "Prometheus",
        "type": "datasource",
        "query": "prometheus",
        "refresh": 1,
        "current": {},
    }
    return [
        source,
        label("job", "label_values(wirewatch_build_info, job)"),
        label("instance", 'label_values(wirewatch_build_info{job=~"$job"}, instance)'),
    ]


def _firing() -> dict[str, Any]:
    return {
        "name": "Alerts of wirewatch itself",
        "datasource": SOURCE,
        "enable": True,
        "iconColor": "red",
        "expr": f'ALERTS{{alertname=~"Wirewatch.*",alertstate="firing",severity!="none",{JOB}}}',
        "titleFormat": "{{alertname}} {{stage}}",
        "step": "60s",
    }
