"""Statements in languages whose verb comes last (Kazakh): "X …-ғанын айтты", "X-тың айтуынша, …", «…», – деді X.

In: a sentence of a laid-out text and its cues. Out: ``Found`` statements. Word lists read: ``quoting`` (деп: says that
what stands before it is said), ``sources_after`` (айтуынша: follows its source), ``clause_endings`` (of a verb made a
noun: -ғанын, -уды), ``subject_endings`` (a noun that ends a phrase: министрі), ``genitive_endings``, ``leading``,
``breaks`` (helping verbs and particles after a verb), ``also`` (де), ``about_this`` (бұл туралы),
``objects`` (журналистерге: to whom it is said).
"""
