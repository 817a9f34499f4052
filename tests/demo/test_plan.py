from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from dipsample.demo import DEMO, DemoExtract
from dipsample.demo.extract import COLUMNS
from dipsample.demo.flags import STRATA
from dipsample.settings import Settings
from sampling.checks import Severity
from sampling.engines import check_extract
from sampling.frame import FrameSpec
from sampling.tickets import check_seed


def test_every_column_of_the_plan_is_in_the_extract() -> None:
    named = {DEMO.id_column, *DEMO.strata, *DEMO.keep, *DEMO.record, *DEMO.quasi}
    assert named <= set(COLUMNS)
    assert not set(DEMO.record) & {*DEMO.keep, *DEMO.strata}


def test_the_draw_is_seeded_with_twenty_digits_and_says_where_they_come_from() -> None:
    assert check_seed(DEMO.draw_seed).isdigit()
    assert len(DEMO.draw_seed) == 20
    assert DEMO.draw_seed_source


def test_the_settings_are_settings_of_a_project() -> None:
    assert Settings.model_validate(dict(DEMO.settings)).period == "January to December 2025"


def test_every_stratum_is_larger_than_its_smallest_sample(extract: DemoExtract) -> None:
    rows = csv.DictReader(StringIO(extract.content.decode("utf-8"), newline=""))
    sizes = Counter(row[DEMO.strata[0]] for row in rows)
    assert set(sizes) == set(STRATA)
    assert min(sizes.values()) >= 2 * DEMO.minimum
    assert DEMO.minimum * len(STRATA) < DEMO.sample


def test_the_frame_check_finds_no_error_in_the_extract(
    extract: DemoExtract, tmp_path: Path
) -> None:
    file = tmp_path / DEMO.extract_name
    file.write_bytes(extract.content)
    spec = FrameSpec(
        id_column=DEMO.id_column,
        strata_columns=DEMO.strata,
        keep=DEMO.keep,
        record=DEMO.record,
        quasi=DEMO.quasi,
    )
    report = check_extract(file, spec)
    assert report.rows == DEMO.incidents
    assert [fault for fault in report.faults if fault.severity is Severity.ERROR] == []
