"""Errors as RFC 9457 problem+json; for a browser that asked for HTML, a page."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from service.errors import ConfigError, Invalid, NotFound, Transient


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """One problem; ``detail`` is one line for people."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error of the tree, and the framework's own, alike."""

    async def answer(request: Request, error: Exception) -> Response:
        match error:
            case NotFound():
                return problem(404, str(error))
            case Invalid() | ConfigError():
                return problem(422, str(error))
            case Transient():
                return problem(503, str(error), {"retry-after": "1"})
            case RequestValidationError():
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                return problem(422, f"{where}: {first['msg']}")
            case HTTPException():
                return problem(error.status_code, str(error.detail), dict(error.headers or {}))
        raise error

    for kind in (NotFound, Invalid, ConfigError, Transient, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)
