"""Our configuration of Prometheus, made quick enough for a test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.monitoring.written import DEPLOY, RULES

PATIENCE = 240.0


def configuration(folder: Path, addresses: Sequence[str]) -> Path:
    """prometheus.yml with these targets (http://host:port), scraped every three seconds; alerts need not wait."""
    ours: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    ours["global"] = {"scrape_interval": "3s", "scrape_timeout": "3s", "evaluation_interval": "1s"}
    (job,) = ours["scrape_configs"]
    job["static_configs"] = [{"targets": [address.removeprefix("http://") for address in addresses]}]
    del job["file_sd_configs"]
    (folder / "rules").mkdir()
    for path in RULES:
        kept = yaml.safe_load(path.read_text())
        for rule in (rule for group in kept["groups"] for rule in group["rules"]):
            rule.pop("for", None)
        (folder / "rules" / path.name).write_text(yaml.safe_dump(kept))
    (folder / "prometheus.yml").write_text(yaml.safe_dump(ours))
    return folder / "prometheus.yml"
