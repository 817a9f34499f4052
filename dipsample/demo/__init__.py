"""The example: invented incident records, three scripted reviewers, and the truth beside them.

Every byte comes from tickets, so the example is the same on every machine. Nothing in it is
real but the names of places. Standard library only, beside ``sampling.tickets``.
"""

from dipsample.demo.extract import DemoExtract, make_extract
from dipsample.demo.plan import DEMO, DemoPlan
from dipsample.demo.reviewers import ScriptedAnswer, ScriptedCoding, ScriptedQuote, answers_of
from dipsample.demo.truth import Passage, Truth

__all__ = [
    "DEMO",
    "DemoExtract",
    "DemoPlan",
    "Passage",
    "ScriptedAnswer",
    "ScriptedCoding",
    "ScriptedQuote",
    "Truth",
    "answers_of",
    "make_extract",
]
