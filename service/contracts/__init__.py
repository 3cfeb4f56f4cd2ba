"""The messages: frozen data without I/O or clock, the same in topics, in the database, in the API and in webhooks.

In: nothing but the standard library and pydantic. Out: every other room imports its words from here. The JSON Schemas
beside this file (``schemas/``) are generated from these classes; a test fails on drift and on a breaking change.
"""

from service.contracts.alert import Alert, AlsoReported, Reason, StoryRef, SubscriptionRef
from service.contracts.article import AgencyCredit, Article, FeedEntry, Provenance, Region, SourceRef
from service.contracts.delivery import Delivery, DeliveryState, DeliveryTry, WebhookBody
from service.contracts.evidence import CONTEXT, Evidence
from service.contracts.extraction import Extraction, How, Kind, Mention, Statement, StatementType, Strength
from service.contracts.message import SCHEMA, Message, Model, content_id
from service.contracts.resolution import Resolution
from service.contracts.rule import Pair, Rule, Within
from service.contracts.source import PollState, Source, SourceState
from service.contracts.subscription import Channels, Subscription, SubscriptionView, Webhook

__all__ = [
    "CONTEXT",
    "SCHEMA",
    "AgencyCredit",
    "Alert",
    "AlsoReported",
    "Article",
    "Channels",
    "Delivery",
    "DeliveryState",
    "DeliveryTry",
    "Evidence",
    "Extraction",
    "FeedEntry",
    "How",
    "Kind",
    "Mention",
    "Message",
    "Model",
    "Pair",
    "PollState",
    "Provenance",
    "Reason",
    "Region",
    "Resolution",
    "Rule",
    "Source",
    "SourceRef",
    "SourceState",
    "Statement",
    "StatementType",
    "StoryRef",
    "Strength",
    "Subscription",
    "SubscriptionRef",
    "SubscriptionView",
    "Webhook",
    "WebhookBody",
    "Within",
    "content_id",
]
