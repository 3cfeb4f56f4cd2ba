"""Stages that read a topic (or the outbox) and write the next.

entries → articles → extractions → alerts → deliveries
"""
