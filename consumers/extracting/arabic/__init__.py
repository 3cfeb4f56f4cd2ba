"""Arabic: the verb comes first, then who says it, then what is said; particles lean on the word behind them.

In: a sentence with its cues. Out: statements (``found.Found``). What is data is in ``languages/ar.yaml``: ``verbs``
makes the forms, ``phrases`` finds who says it, ``verbal`` reads verbs, ``sourced`` source phrases, ``lines`` tickers.
"""
