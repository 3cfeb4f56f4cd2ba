"""Who wants to be told what, and where. Secrets are never here: only the file they are read from."""

from pydantic import AwareDatetime

from service.contracts.message import Model
from service.contracts.rule import Rule


class Webhook(Model):
    """An HTTP endpoint of Standard Webhooks 1.0. ``secret_file`` holds ``whsec_…``; None sends unsigned."""

    url: str
    secret_file: str | None = None


class Channels(Model):
    """Where alerts go. The Atom feed and the page always have them."""

    console: bool = False
    webhook: Webhook | None = None


class Subscription(Model):
    """A named rule with its channels. ``rule_version`` is a hash of the rule, stored with each alert as proof."""

    id: str
    name: str
    rule: Rule
    rule_version: str
    channels: Channels = Channels()
    created_at: AwareDatetime


class SubscriptionView(Subscription):
    """A subscription as it is shown. ``stopped``: why nothing more is sent to its webhook, None while all is well."""

    stopped: str | None = None
