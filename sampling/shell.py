"""The lines with which an outsider checks fingerprint and draw: a POSIX shell and coreutils.

The lines need the frame's own lines (``ID TAB STRATUM``), which the supervisor hands over in a
file. Every value is quoted, so that no stratum name can be read as a command. A process runs for
each row of the stratum: enough for thousands of rows, slow for millions.
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from sampling.errors import PlanError, TicketError
from sampling.records import why_not_an_id
from sampling.tickets import SAMPLE, SPEC, check_label, check_seed

if TYPE_CHECKING:
    from sampling.plan import Plan

FRAME_FILE = "frame.tsv"

_REDRAW = """\
export LC_ALL=C SEED={seed} LABEL={label} STRATUM={stratum} N={records}
TAB=$(printf '\\t')
while IFS=$TAB read -r id stratum rest; do
  [ "$stratum" = "$STRATUM" ] || continue
  hash=$(printf '{spec}|%s|%s|%s' "$LABEL" "$SEED" "$id" | sha256sum)
  printf '%s\\t%s\\n' "${{hash%% *}}" "$id"
done < {frame_file} | sort | head -n "$N"
"""


def project_lines(plan: Plan, seed: str, *, stratum: str | None = None) -> str:
    """Return the lines that check a project: its fingerprint, and the sample of one stratum.

    Args:
        plan: The committed plan.
        seed: The seed of the draw.
        stratum: The stratum to draw again; None for the first of the plan.

    Raises:
        PlanError: Where the plan has no such stratum.
        TicketError: Where the seed is not one that the specification allows.
    """
    name = next(iter(plan.sample_sizes)) if stratum is None else stratum
    if name not in plan.sample_sizes:
        raise PlanError("The plan has no stratum of this name; give one that it lists.")
    return (
        f"# prints {plan.frame_fingerprint}\n"
        f"{fingerprint_lines()}\n"
        "# prints ticket and id of each record of the sample, in the order of the draw\n"
        f"{redraw_lines(seed, name, records=plan.sample_sizes[name])}"
    )


def fingerprint_lines(frame_file: str = FRAME_FILE) -> str:
    """Return the line that prints the fingerprint of a frame's lines.

    Args:
        frame_file: The file with the lines of the frame, one ``#nonce`` line among them where
            the frame has one.
    """
    return f"LC_ALL=C sort {_operand(frame_file)} | sha256sum\n"


def redraw_lines(
    seed: str,
    stratum: str,
    *,
    records: int,
    label: str = SAMPLE,
    frame_file: str = FRAME_FILE,
) -> str:
    """Return the lines that draw one stratum again.

    They print ``TICKET TAB ID``, one line a record, in the order of the ranks.

    Args:
        seed: The seed of the draw.
        stratum: The stratum's name, ``all`` in a frame without strata.
        records: How many ranks to print: the stratum's sample, or sample and reserve.
        label: The label of the tickets.
        frame_file: The file with the lines of the frame.

    Raises:
        TicketError: Where seed, label or stratum is not one that the specification allows.
    """
    reason = why_not_an_id(stratum)
    if reason is not None:
        raise TicketError(f"A stratum of this name cannot be in a frame: {reason}.")
    return _REDRAW.format(
        seed=quote(check_seed(seed)),
        label=quote(check_label(label)),
        stratum=quote(stratum),
        records=records,
        spec=SPEC,
        frame_file=_operand(frame_file),
    )


def _operand(file_name: str) -> str:
    """Quote a file name; one that begins with a hyphen would be read as an option."""
    return quote(f"./{file_name}" if file_name.startswith("-") else file_name)
