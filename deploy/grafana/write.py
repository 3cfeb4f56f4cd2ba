"""``python -m deploy.grafana.write``: the dashboards as JSON, for Grafana's provisioning."""

import json
from pathlib import Path

from deploy.grafana.flow import FLOW
from deploy.grafana.operations import OPERATIONS
from deploy.grafana.overview import OVERVIEW
from deploy.grafana.panels import rendered

FOLDER = Path(__file__).parent / "dashboards"
DASHBOARDS = (OVERVIEW, FLOW, OPERATIONS)


def files() -> dict[Path, str]:
    """What the folder is to hold."""
    return {
        FOLDER / f"{dashboard.uid.removeprefix('wirewatch-')}.json": json.dumps(
            rendered(dashboard), indent=2, ensure_ascii=False
        )
        + "\n"
        for dashboard in DASHBOARDS
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
