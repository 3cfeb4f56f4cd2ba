"""HTTP: the API (OpenAPI at ``/api/v1/openapi.json``), health, metrics, Atom and the event stream.

In: ``Parts``, what the composition root has open. Out: one ASGI application, the pages of ``service.web`` included.
"""

from service.api.application import create_application
from service.api.parts import Health, Parts

__all__ = ["Health", "Parts", "create_application"]
