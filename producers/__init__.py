"""Stages that bring the outside in. In: sources that are due. Out: ``FeedEntry`` messages on topic ``entries``."""
