"""What the frame page asks for: filters, earlier waves, faults to accept, and the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.models.frame_uses import read_values, uses_words, written
from dipsample.tui.models.framing import FrameDraft
from dipsample.tui.screens.panels import PickPanel, TellPanel, TextPanel
from sampling.checks import ColumnProfile, Fault
from sampling.errors import SamplingError
from sampling.frame import Frame
from sampling.waves import read_waves

Hold = Callable[[FrameDraft], None]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def only_panel(draft: FrameDraft, column: ColumnProfile, hold: Hold) -> TextPanel:
    """Ask which values of a column records must have to be in the frame."""
    most = ", ".join(f"{value} {count:,}" for value, count in column.most[:8])
    text = (
        f"The values, with commas between; none: all records. What is left out is counted and "
        f"logged.{f' Most frequent: {most}.' if most else ''}"
    )

    def take(typed: str) -> str:
        hold(draft.keeping_only(column.name, read_values(typed)))
        return ""

    start = written(draft.only.get(column.name, ()))
    title = f"Keep only records whose {column.name} is which?"
    return TextPanel(title, text, take, start=start, verb="takes them")


def blanks_panel(draft: FrameDraft, hold: Hold) -> TextPanel:
    """Ask for the stratum of records whose stratum value is blank."""

    def take(typed: str) -> str:
        hold(draft.naming_blanks(typed))
        return ""

    text = "Such as: not recorded. Without a name a blank stratum is an error."
    start = draft.base.blank_stratum or ""
    title = "Which stratum have records without one?"
    return TextPanel(title, text, take, start=start, verb="takes it")


def waves_panel(draft: FrameDraft, hold: Hold) -> TextPanel:
    """Ask for the lists of records that earlier waves drew."""
    text = (
        "A list of ids, or what `dipsample cases PROJECT --format csv` printed of the earlier "
        "wave; several with commas between. None: nothing is left out."
    )

    def take(typed: str) -> str:
        lists = tuple(Path(name).expanduser() for name in read_values(typed))
        missing = [file.name for file in lists if not file.is_file()]
        if missing:
            return f"There is no file {', '.join(missing)}."
        try:
            ids = read_waves((file.name, file.read_bytes()) for file in lists)
        except SamplingError as problem:
            return str(problem)
        hold(draft.leaving_out(lists, len(ids)))
        return ""

    start = written([str(file) for file in draft.earlier_waves])
    return TextPanel("Leave out which earlier waves?", text, take, start=start, verb="reads them")


def fault_panel(waiting: Sequence[Fault], ask_why: Callable[[Fault], None]) -> PickPanel:
    """Ask which kind of fault is accepted."""
    by_key = dict(zip(_LETTERS, waiting, strict=False))
    options = [OptionView(key, f"{one.code}: {one.message}") for key, one in by_key.items()]
    text = "What is accepted stands in the log and in the methods, with the reason."
    return PickPanel("Accept which fault?", text, options, lambda key: ask_why(by_key[key]))


def reason_panel(found: Fault, accept: Callable[[str], None]) -> TextPanel:
    """Ask why a kind of fault may stand."""

    def take(reason: str) -> str:
        if not reason:
            return "A reason is needed."
        accept(reason)
        return ""

    return TextPanel(f"Why may {found.code} stand?", "One sentence.", take, verb="accepts it")


def commit_panel(draft: FrameDraft, commit: Callable[[str], None]) -> PickPanel:
    """Show what every column is used for, and ask whether that is to be committed."""
    text = (
        f"{uses_words(draft)}\n"
        "Fingerprint, counts by stratum and what is left out go into the log. Publish the "
        "fingerprint before the seed is known."
    )
    options = [
        OptionView("c", "commit the frame"),
        OptionView("n", "commit it with a random nonce: where ids can be guessed"),
    ]
    return PickPanel("Commit this frame?", text, options, commit)


def published_panel(frame: Frame) -> TellPanel:
    """Return what is said once a frame is committed."""
    half = len(frame.fingerprint) // 2
    return TellPanel(
        "The frame is committed",
        f"{frame.records:,} records can be drawn. Publish the fingerprint before the seed is "
        f"made:\n{frame.fingerprint[:half]}\n{frame.fingerprint[half:]}",
    )
