"""HTTP: the API (OpenAPI at ``/api/v1/openapi.json``), health, metrics, Atom and the event stream.

In: ``Parts``, what the composition root has open. Out: one ASGI application, the pages of ``service.web`` included.
"""

from service.api.application import create_application, create_probes
from service.api.parts import Health, Parts, Probed

__all__ = ["Health", "Parts", "Probed", "create_application", "create_probes"]
