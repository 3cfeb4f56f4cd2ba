"""Write the schemas anew: ``python -m service.contracts.schemas``."""

from service.contracts.schemas import CONTRACTS, path, schema

for contract in CONTRACTS:
    path(contract).write_text(schema(contract), encoding="utf-8")
