"""The schema's history, one file a revision (``versions/``); ``service.storage.migrate`` runs it."""
