"""What the frame page holds: an extract, what each column is used for, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sampling.checks import ColumnProfile, ExtractReport, Fault
from sampling.frame import Accepted, FrameSpec, Only

if TYPE_CHECKING:
    from sampling.engines import Remaining
    from sampling.extracts.naming import Extract
    from sampling.frame import Frame, Uniqueness
    from sampling.identifiability import Coarser


class Use(StrEnum):
    """What a column can be used for; the value is the letter that chooses it."""

    ID = "i"
    STRATUM = "s"
    KEEP = "k"
    RECORD = "r"
    QUASI = "q"
    SIZE = "z"
    UNIT = "u"


USE_WORDS = {
    Use.ID: "id",
    Use.STRATUM: "stratum",
    Use.KEEP: "keep",
    Use.RECORD: "record",
    Use.QUASI: "identifies",
    Use.SIZE: "size",
    Use.UNIT: "unit",
}

_OF_ONE_COLUMN = (Use.ID, Use.SIZE, Use.UNIT)
_NO_USE: frozenset[Use] = frozenset()
_PINNED = frozenset({Use.ID, Use.STRATUM})


@dataclass(frozen=True, slots=True)
class FrameDraft:
    """An extract on its way to a frame."""

    extract: Extract
    first: ExtractReport
    """What was found before any column had a use: the columns."""
    uses: Mapping[str, frozenset[Use]] = field(default_factory=dict)
    """By column; in the order in which they were given where that matters."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Reason by code of fault."""
    base: FrameSpec = field(default_factory=lambda: FrameSpec(id_column=""))
    """What a settings file says besides."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By column, the values that records must have to be in the frame."""
    earlier_waves: tuple[Path, ...] = ()
    """Lists of the records that earlier waves drew, which are left out."""
    excluded: int = 0
    """Ids that they name."""
    coarser: Mapping[str, Coarser] = field(default_factory=dict)
    """What could be given in place of columns that could single a person out."""
    checked: ExtractReport | None = None
    """What was found with these uses; None where they changed since."""
    stay: Remaining | None = None
    """What filters and earlier waves leave; None where it was not counted with these."""

    @property
    def id_column(self) -> str | None:
        """The column of the ids."""
        return self._column_for(Use.ID)

    @property
    def report(self) -> ExtractReport:
        """The last report there is."""
        return self.checked or self.first

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was found with these uses; before a check, what concerns the file itself."""
        return self.report.faults

    @property
    def can_commit(self) -> bool:
        """Whether a check with these very uses found no error."""
        return self.checked is not None and not self.checked.errors

    def uses_of(self, column: str) -> frozenset[Use]:
        """Return what a column is used for."""
        return self.uses.get(column, _NO_USE)

    def toggled(self, column: str, use: Use) -> FrameDraft:
        """Return the draft with a use given to a column, or taken from it.

        One column is the id, one the size, one the unit.
        """
        held = self.uses.get(column, _NO_USE)
        uses = dict(self.uses)
        if use in _OF_ONE_COLUMN:
            uses = {name: those - {use} for name, those in uses.items()}
        uses[column] = (held - {use}) if use in held else (uses.get(column, _NO_USE) | {use})
        return replace(self, uses=uses, checked=None, stay=None if use is Use.ID else self.stay)

    def accepting(self, code: str, reason: str) -> FrameDraft:
        """Return the draft with a kind of fault accepted."""
        return replace(self, accepted={**self.accepted, code: reason}, checked=None)

    def keeping_only(self, column: str, values: tuple[str, ...]) -> FrameDraft:
        """Return the draft with a filter on a column; without one where there are no values."""
        only = {name: held for name, held in self.only.items() if name != column}
        kept = {**only, column: values} if values else only
        return replace(self, only=kept, checked=None, stay=None)

    def naming_blanks(self, stratum: str) -> FrameDraft:
        """Return the draft with a stratum for blank values; without a name they are an error."""
        base = self.base.model_copy(update={"blank_stratum": stratum or None})
        return replace(self, base=base, checked=None)

    def leaving_out(self, lists: tuple[Path, ...], excluded: int) -> FrameDraft:
        """Return the draft with what earlier waves drew left out."""
        return replace(self, earlier_waves=lists, excluded=excluded, stay=None)

    @property
    def leaves_out(self) -> tuple[object, ...]:
        """What the count of records that stay rests on; empty where there is nothing to count."""
        if self.id_column is None or not (self.only or self.earlier_waves):
            return ()
        only = tuple(self.only.items())
        return (self.extract, self.id_column, only, self.earlier_waves)

    def counted(self, leaves_out: tuple[object, ...], stay: Remaining) -> FrameDraft:
        """Return the draft with a count, unless other records are left out by now."""
        return replace(self, stay=stay) if leaves_out == self.leaves_out else self

    def with_report(self, report: ExtractReport) -> FrameDraft:
        """Return the draft with what a check of these uses found."""
        return replace(self, checked=report)

    def spec(self) -> FrameSpec:
        """Return how the extract becomes a frame."""
        return self.base.model_copy(
            update={
                "id_column": self.id_column or "",
                "strata_columns": tuple(self._columns_for(Use.STRATUM)),
                "keep": tuple(self._columns_for(Use.KEEP)),
                "record": tuple(self._columns_for(Use.RECORD)),
                "quasi": tuple(self._columns_for(Use.QUASI)),
                "size_column": self._column_for(Use.SIZE),
                "unit_column": self._column_for(Use.UNIT),
                "only": tuple(
                    Only(column=column, values=values) for column, values in self.only.items()
                ),
                "accept": tuple(
                    Accepted(code=code, reason=reason) for code, reason in self.accepted.items()
                ),
            }
        )

    def _column_for(self, use: Use) -> str | None:
        return next(self._columns_for(use), None)

    def _columns_for(self, use: Use) -> Iterator[str]:
        for column in self.first.columns:
            if use in self.uses.get(column.name, _NO_USE):
                yield column.name


def draft_of_settings(
    extract: Extract, report: ExtractReport, spec: FrameSpec, coarser: Mapping[str, Coarser]
) -> FrameDraft:
    """Return the draft that a settings file makes of an extract.

    Args:
        extract: Where it is.
        report: What was found with these settings: its columns bear their new names.
        spec: The frame that the settings ask for.
        coarser: What could be given in place of columns.
    """
    named = (
        (Use.ID, (spec.id_column,)),
        (Use.STRATUM, spec.strata_columns),
        (Use.KEEP, spec.keep),
        (Use.RECORD, spec.record),
        (Use.QUASI, spec.quasi),
        (Use.SIZE, (spec.size_column,)),
        (Use.UNIT, (spec.unit_column,)),
    )
    uses = {
        column.name: frozenset(use for use, names in named if column.name in names)
        for column in report.columns
    }
    return FrameDraft(
        extract,
        report,
        uses,
        accepted={one.code: one.reason for one in spec.accept},
        base=spec,
        only={one.column: one.values for one in spec.only},
        coarser=coarser,
        checked=report,
    )


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the extract."""

    name: str
    uses: str
    blank: str
    distinct: str
    most: str
    is_pinned: bool
    """Whether it stays in sight: it holds the ids, or makes up the stratum."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """The frame page."""

    title: str
    saved: str
    extract: str
    """File name and size; empty where none is chosen."""
    state: str
    """How far the check is, in a sentence."""
    limits: str
    """Filters and earlier waves, in a sentence; empty where there are none."""
    stay: str
    """How many records those leave; empty where there are none."""
    warning: str
    """That coders would have nothing to read; empty before a check, and where they have."""
    told_apart: str
    """How identifiable the records are, in a sentence; empty before a check."""
    rows: tuple[ColumnRow, ...]
    committed: tuple[str, ...]
    """About the frame that is committed; none where there is none."""
    can_change: bool
    """Whether the frame can still change: no seed is known."""


def frame_view(
    title: str,
    saved: str,
    *,
    frame: Frame | None,
    draft: FrameDraft | None,
    is_checking: bool,
    can_change: bool,
    warning: str = "",
    is_counting: bool = False,
) -> FrameView:
    """Return what the page shows."""
    return FrameView(
        title=title,
        saved=saved,
        extract="" if draft is None else _extract_words(draft),
        state="" if draft is None else _state_words(draft, is_checking=is_checking),
        limits="" if draft is None else _limits_words(draft),
        stay="" if draft is None else _count_words(draft, is_counting=is_counting),
        warning=warning,
        told_apart="" if draft is None else _told_apart_words(draft),
        rows=() if draft is None else tuple(_row(column, draft) for column in draft.first.columns),
        committed=() if frame is None else committed_words(frame),
        can_change=can_change,
    )


def committed_words(frame: Frame) -> tuple[str, ...]:
    """Say what is committed, in short lines."""
    strata = f", {len(frame.strata)} strata" if frame.is_stratified else ""
    lines = [
        f"{frame.records:,} records of {frame.source_name}{strata}",
        f"fingerprint {frame.fingerprint}",
    ]
    lines += [f"left out {one.records:,}: {one.reason}" for one in frame.exclusions if one.records]
    return tuple(lines)


def _extract_words(draft: FrameDraft) -> str:
    rows, unread, columns = draft.first.rows, draft.first.unread_rows, len(draft.first.columns)
    not_read = f" ({unread:,} not read)" if unread else ""
    return f"{draft.extract.name}   {rows:,} rows{not_read}   {_counted(columns, 'column')}"


def _state_words(draft: FrameDraft, *, is_checking: bool) -> str:
    if is_checking:
        return "being read ..."
    if draft.id_column is None:
        candidates = ", ".join(draft.first.id_candidates[:3])
        could = f" It could be {candidates}." if candidates else ""
        return f"Say with i which column holds the ids.{could}"
    if draft.checked is None:
        return "not checked with these uses yet; Enter checks"
    errors, warnings = len(draft.checked.errors), len(draft.faults) - len(draft.checked.errors)
    then = "Enter commits" if draft.can_commit else "= lists them"
    return f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}; {then}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _told_apart_words(draft: FrameDraft) -> str:
    table = () if draft.checked is None else draft.checked.identifiability
    if not table:
        return ""
    worst = max(table, key=lambda line: (line.unique, len(line.columns)))
    part = share(worst, draft.report.records)
    return f"{part} of the records are unique on {', '.join(worst.columns)}"


def share(line: Uniqueness, records: int) -> str:
    """Return the share of records that are alone, such as ``4.1 %``."""
    return f"{100 * line.unique / max(1, records):.1f} %"


def _limits_words(draft: FrameDraft) -> str:
    words = [f"{column} {', '.join(values)}" for column, values in draft.only.items()]
    if draft.earlier_waves:
        lists = ", ".join(file.name for file in draft.earlier_waves)
        words.append(f"without {draft.excluded:,} ids of earlier waves ({lists})")
    if draft.base.blank_stratum is not None:
        words.append(f"blank strata as {draft.base.blank_stratum}")
    return "; ".join(words)


def stay_words(draft: FrameDraft) -> str:
    """Say how many records filters and earlier waves leave; empty where it is not counted."""
    stay = draft.stay
    return "" if stay is None else f"{stay.records:,} of {stay.of:,} records stay"


def _count_words(draft: FrameDraft, *, is_counting: bool) -> str:
    """Say the same, or why it is not counted; empty where nothing is left out."""
    if not (draft.only or draft.earlier_waves):
        return ""
    if draft.id_column is None:
        return "counted once i says which column holds the ids"
    return stay_words(draft) or ("being counted ..." if is_counting else "not counted")


def _row(column: ColumnProfile, draft: FrameDraft) -> ColumnRow:
    uses = draft.uses_of(column.name)
    words = [USE_WORDS[use] for use in Use if use in uses]
    if column.name in draft.only:
        words.append(f"only {len(draft.only[column.name])}")
    return ColumnRow(
        name=column.name,
        is_pinned=bool(uses & _PINNED),
        uses=", ".join(words),
        blank=f"{column.blank:,}",
        distinct=f"{'' if column.distinct_is_exact else '~'}{column.distinct:,}",
        most=", ".join(f"{value} {count:,}" for value, count in column.most[:3]),
    )
