"""Makes the models: ``python -m consumers.extracting.ner.training LANGUAGE --data DIR``. No service imports it.

``corpora`` (which files, how much each counts) and ``lexicons`` (lists and clusters of single words) → ``fit`` (the
random field, python-crfsuite) → ``models/`` with a file that names sources, licences, day and scores. The same input
gives the same bytes.
"""
