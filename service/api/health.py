"""``/healthz``: it lives, and a restart would not help. ``/readyz``: every part runs. Else 503 with reasons.
``/metrics``: Prometheus.
"""

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service.api.parts import Probed


def router(parts: Probed) -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", response_class=PlainTextResponse)
    async def healthz() -> PlainTextResponse:
        stuck = parts.health().stuck
        return PlainTextResponse("\n".join(stuck or ["ok"]) + "\n", 503 if stuck else 200)

    @routes.get("/readyz")
    async def readyz() -> JSONResponse:
        health = parts.health()
        body = {"ready": health.ready, "reasons": list(health.reasons), "stages": health.stages}
        return JSONResponse(body, 200 if health.ready else 503)

    @routes.get("/metrics")
    async def metrics() -> Response:
        return Response(await asyncio.to_thread(generate_latest), media_type=CONTENT_TYPE_LATEST)

    return routes
