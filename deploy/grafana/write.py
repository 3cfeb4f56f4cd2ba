"""``python -m deploy.grafana.write``: the dashboards as JSON, for Grafana's provisioning."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.grafana.flow import FLOW
from deploy.grafana.operations import OPERATIONS
from deploy.grafana.overview import OVERVIEW
from deploy.grafana.panels import rendered

FOLDER = Path(__file__).parent / "dashboards"
DASHBOARDS = (OVERVIEW, FLOW, OPERATIONS)


def files() -> dict[Path, str]:
    """What the folder is to hold."""
    return {FOLDER / f"{one.uid.removeprefix('wirewatch-')}.json": _text(rendered(one)) for one in DASHBOARDS}


def _text(dashboard: Mapping[str, Any]) -> str:
    """A panel a line, so that a change shows as the panels that changed."""
    lines = []
    for key, value in dashboard.items():
        if key == "panels":
            inside = ",\n".join(f"    {json.dumps(panel, ensure_ascii=False)}" for panel in value)
            lines.append(f'  "panels": [\n{inside}\n  ]')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
