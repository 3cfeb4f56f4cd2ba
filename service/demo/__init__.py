"""The demo wire: a few feeds and pages of our own writing, marked as such, served on loopback.

In: ``wire/*.yaml``. Out: a running server and the addresses of its feeds. Only ``wirewatch demo`` and a configuration
that asks for it start it.
"""

from service.demo.server import DemoWire, demo_wire

__all__ = ["DemoWire", "demo_wire"]
