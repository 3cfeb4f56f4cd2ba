"""Statements in languages whose verb comes last (Kazakh): "X …-ғанын айтты", "X-тың айтуынша, …", «…», – деді X.

In: a sentence of a laid-out text and its cues. Out: ``Found`` statements. Word lists read: ``quoting`` (деп:
says that what stands before it is said), ``sources_after`` (айтуынша: follows its source), ``clause_endings``
(of a verb made a noun: -ғанын, -уды), ``subject_endings`` (a noun that ends a phrase: министрі),
``genitive_endings``, ``leading``, ``breaks`` (helping verbs and particles after a verb), ``also`` (де),
``about_this`` (бұл туралы), ``objects`` (журналистерге: to whom it is said), ``object_endings`` and
``not_objects`` (whom it is done to is no subject), ``quoting_noun`` (деген: opens a noun of saying),
``says_alone`` (деді, without деп behind a verb with one of the ``finite_endings``), ``said_by_nobody``
(ескертілді), ``papers`` (хабарында: in which it is said), ``manner`` (adverbs right before the verb),
``contrasts`` (алайда: a new clause, unless ``unfinished_endings`` show that it is within what is said),
``source_endings`` (any verb as айтуынша), ``verb_endings`` and ``not_said`` (verbs that no list has, behind деп or a
dash), ``naming`` and ``not_told`` (verbs with a name in marks), ``topics`` (туралы: named, not worded), ``questions``
(не: what is asked is not said), ``passive_endings``, ``called_for`` and ``calling`` (бітімге шақырды); what ends a
subject is listed for ``subjects.py``: ``case_endings``, ``not_cased``, ``determiners``, ``adjectives``,
``surname_endings``, ``possessed_endings``, ``head_endings``, ``sides``, ``courtesies``, ``name_particles``, ``days``.
"""
