"""Texts of our own writing with what a careful reader finds in them, and how near the program's reading comes.

``marks`` (a text with its marks) → ``measure`` (reading beside marks) → ``wirewatch quality gold``.
"""
