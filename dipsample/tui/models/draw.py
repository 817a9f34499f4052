"""What the draw page holds: where the seed comes from, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sampling.dice import SIX_SIDED, TEN_SIDED, seed_from_dice
from sampling.errors import TicketError
from sampling.tickets import check_seed

if TYPE_CHECKING:
    from sampling.extracts.naming import Extract
    from sampling.joint_seed import JointSeed


class Origin(StrEnum):
    """Where the seed comes from; the value is the letter that chooses it."""

    TEN_SIDED = "t"
    SIX_SIDED = "x"
    TYPED = "o"
    PARTIES = "p"


ORIGIN_WORDS: Final = {
    Origin.TEN_SIDED: "ten-sided dice",
    Origin.SIX_SIDED: "six-sided dice",
    Origin.TYPED: "other",
    Origin.PARTIES: "parties",
}


class LineKind(StrEnum):
    """What a line of the page stands for."""

    EXTRACT = "extract"
    SEED = "seed"
    SOURCE = "source"
    PARTIES = "parties"
    COMMITMENT = "commitment"
    CONTRIBUTION = "contribution"


@dataclass(frozen=True, slots=True)
class DrawLine:
    """One line of the page."""

    kind: LineKind
    name: str
    value: str
    """What is there; empty where it is missing."""
    party: str = ""


@dataclass(frozen=True, slots=True)
class DrawDraft:
    """What was typed so far."""

    origin: Origin = Origin.TEN_SIDED
    extract: Extract | None = None
    difference: str | None = None
    """How the extract differs from the committed one; None while it is read, empty where not."""
    typed: str = ""
    source: str = ""

    def seed(self, joint: JointSeed | None) -> str | None:
        """Return the seed that this comes to; None where there is none yet."""
        try:
            match self.origin:
                case Origin.PARTIES:
                    return None if joint is None else joint.seed
                case Origin.TYPED:
                    return check_seed(self.typed)
                case Origin.TEN_SIDED | Origin.SIX_SIDED:
                    return seed_from_dice(self.typed, sides=sides_of(self.origin))
        except TicketError:
            return None

    def source_line(self, joint: JointSeed | None) -> str:
        """Return where the seed came from, in a line."""
        is_joint = self.origin is Origin.PARTIES and joint is not None
        return joint.source if is_joint and joint is not None else self.source

    def with_extract(self, extract: Extract) -> DrawDraft:
        """Return the draft with an extract that is still to be read."""
        return replace(self, extract=extract, difference=None)

    def from_origin(self, origin: Origin) -> DrawDraft:
        """Return the draft with a seed from elsewhere; what was typed belonged to the former."""
        return self if origin is self.origin else replace(self, origin=origin, typed="")


def sides_of(origin: Origin) -> int:
    """Return the sides of the dice."""
    return SIX_SIDED if origin is Origin.SIX_SIDED else TEN_SIDED


@dataclass(frozen=True, slots=True)
class DrawView:
    """The draw page."""

    title: str
    saved: str
    origin: Origin
    lines: tuple[DrawLine, ...]
    missing: str
    """What is still missing, in a sentence; empty where the draw can be made."""
    will_draw: str
    """Such as ``400 records and 40 in reserve, of 12,000``."""
    number: str
    """Which draw of this project it is."""


def draw_lines_of(draft: DrawDraft, joint: JointSeed | None) -> tuple[DrawLine, ...]:
    """Return the lines of the page, in the order in which they are filled in."""
    lines = [DrawLine(LineKind.EXTRACT, "extract", _extract_words(draft))]
    if draft.origin is not Origin.PARTIES:
        name = "seed" if draft.origin is Origin.TYPED else "throws"
        lines.append(DrawLine(LineKind.SEED, name, draft.typed))
        lines.append(DrawLine(LineKind.SOURCE, "source", draft.source))
        return tuple(lines)
    named = "" if joint is None else ", ".join(joint.parties)
    lines.append(DrawLine(LineKind.PARTIES, "parties", named))
    if joint is None:
        return tuple(lines)
    for party in joint.parties:
        commitment = joint.commitments.get(party, "")
        lines.append(DrawLine(LineKind.COMMITMENT, f"{party} commits", commitment, party))
    if not joint.uncommitted:
        for party in joint.parties:
            shown = joint.contributions.get(party, "")
            lines.append(DrawLine(LineKind.CONTRIBUTION, f"{party} shows", shown, party))
    return tuple(lines)


def what_is_missing(draft: DrawDraft, joint: JointSeed | None) -> str:
    """Say what still stands between here and the draw; empty where nothing does."""
    if draft.extract is None:
        return "Name the extract that was committed."
    if draft.difference is None:
        return "The extract is being read ..."
    if draft.difference:
        return draft.difference
    if draft.seed(joint) is None:
        return _seed_missing(draft, joint)
    if not draft.source_line(joint).strip():
        return "Say in a line where the seed came from and who saw it."
    return ""


def _seed_missing(draft: DrawDraft, joint: JointSeed | None) -> str:
    if draft.origin is not Origin.PARTIES:
        if not draft.typed:
            return (
                "Throw the dice in front of witnesses, and type what they show."
                if (draft.origin is not Origin.TYPED)
                else "Type the seed: 20 to 128 characters."
            )
        return _why_no_seed(draft)
    if joint is None:
        return "Name the parties that make the seed."
    if joint.uncommitted:
        return f"The commitment of {', '.join(joint.uncommitted)} is still to come."
    return f"The contribution of {', '.join(joint.unrevealed)} is still to come."


def _why_no_seed(draft: DrawDraft) -> str:
    try:
        if draft.origin is Origin.TYPED:
            check_seed(draft.typed)
        else:
            seed_from_dice(draft.typed, sides=sides_of(draft.origin))
    except TicketError as problem:
        return str(problem)
    return ""


def _extract_words(draft: DrawDraft) -> str:
    if draft.extract is None:
        return ""
    if draft.difference is None:
        return f"{draft.extract.name}   being read ..."
    state = "not the committed one" if draft.difference else "matches the committed fingerprint"
    return f"{draft.extract.name}   {state}"
