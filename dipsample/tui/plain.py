"""Coding by line prompts: no cursor movement, no control sequence, output only appended.

It is the way for screen readers and for terminals that can do nothing else. It drives the same
desk as the full screen, and so writes the same events. End of input saves and leaves.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO

from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.queue import counts_of, next_case, time_words, told_words
from dipsample.tui.models.strangers import gate_words, nobody_words
from dipsample.tui.models.ways import BY_WORDS
from dipsample.tui.plain_case import PlainCase
from dipsample.tui.plain_queue import PlainQueue
from dipsample.tui.prompts import EndOfInputError, Prompts

if TYPE_CHECKING:
    from dipsample.audit import Audit

_ALL_DONE: Final = "Every case of yours is handed in or put off."


def run_plain(
    audit: Audit,
    name: str,
    stdin: TextIO,
    stdout: TextIO,
    ascii: bool = False,  # noqa: A002 - the name of the option
    *,
    ticks: Callable[[], float] = time.monotonic,
) -> int:
    """Code case after case by line prompts.

    Args:
        audit: The open project.
        name: Who is coding.
        stdin: Where answers come from.
        stdout: Where text goes to.
        ascii: Print no character beyond ASCII.
        ticks: Seconds from any point on, for the time of active work.

    Returns:
        The exit code: 0, also at the end of input.
    """
    prompts = Prompts(stdin, stdout, ascii)
    queue = PlainQueue(audit, name, prompts)
    case_id: str | None = None
    try:
        if told := told_words(audit, name):
            prompts.say(told)
        while True:
            items = audit.queue(name)
            wanted, begin = queue.take()
            case_id = wanted or next_case(items, case_id)
            if case_id is None:
                done = gate_words(audit, name) or (_ALL_DONE,)
                prompts.say(" ".join(done) if items else nobody_words(audit, name))
                if items and queue.ask():
                    continue
                return 0
            if pace := time_words(items):
                prompts.say(f"At your pace: {pace}.")
            counts = counts_of(items)
            desk = CodingDesk(audit, name, case_id, counts=counts, ticks=ticks, ways=BY_WORDS)
            if not PlainCase(audit, desk, prompts, queue=queue, begin=begin).run():
                return 0
    except EndOfInputError:
        prompts.say("Everything is saved.")
        return 0
