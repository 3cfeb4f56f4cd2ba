"""The loop round a handler: read → decode → handle → publish → commit, the same for every stage that reads a topic.

In: a stage (``contract``) and a log. Out: its messages in order, dead letters with their cause, metrics, one log line a
batch, and a health that ``/readyz`` shows. The stage only thinks; all that can go wrong around it is dealt with here:
``loop`` takes and drains, ``work`` takes a batch through, ``lanes`` takes messages side by side, ``brakes`` stop
a stage in which everything fails, ``dead_letters`` keeps and reads what was put aside, ``replay`` gives it another
chance.
"""

from service.stage.brakes import Brakes
from service.stage.contract import Batch, Done, Failed, Outcome, Stage
from service.stage.dead_letters import DeadLetter, find_dead_letter, read_dead_letters
from service.stage.health import Health
from service.stage.loop import StageLoop
from service.stage.options import StageOptions
from service.stage.replay import Replayed, marks, replay

__all__ = [
    "Batch",
    "Brakes",
    "DeadLetter",
    "Done",
    "Failed",
    "Health",
    "Outcome",
    "Replayed",
    "Stage",
    "StageLoop",
    "StageOptions",
    "find_dead_letter",
    "marks",
    "read_dead_letters",
    "replay",
]
