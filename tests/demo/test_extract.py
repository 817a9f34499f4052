from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO

import pytest

from dipsample.demo import DEMO, DemoExtract, Truth, make_extract
from dipsample.demo.extract import COLUMNS
from dipsample.demo.flags import STRATA
from sampling.errors import TicketError
from sampling.personal import SIEVE, named_like
from sampling.records import why_not_an_id

_FIRST_500_SHA256 = "2f14e89c5248d49aa3a09fef97194f45984534853c9d4b9ff5429d453dffbf76"
_DIGEST_PROGRAM = (
    "from hashlib import sha256\n"
    "from dipsample.demo import DEMO, make_extract\n"
    "content = make_extract(500, seed=DEMO.extract_seed).content\n"
    "print(sha256(content).hexdigest(), end='')\n"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the extract and its truth."""

    row: dict[str, str]
    truth: Truth


@pytest.fixture(scope="module")
def told(extract: DemoExtract) -> list[Told]:
    rows = csv.DictReader(StringIO(extract.content.decode("utf-8"), newline=""))
    return [Told(row, extract.truths[row["incident_id"]]) for row in rows]


@pytest.fixture(scope="module")
def eligible(told: list[Told]) -> list[Told]:
    return [each for each in told if each.truth.answers.get("E2") == "yes"]


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed_of_python(hash_seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST_PROGRAM], env=environment, capture_output=True, check=True
    )
    assert done.stdout.decode() == _FIRST_500_SHA256


def test_the_first_rows_do_not_depend_on_how_many_follow(extract: DemoExtract) -> None:
    first = make_extract(500, seed=DEMO.extract_seed).content
    assert sha256(first).hexdigest() == _FIRST_500_SHA256
    assert extract.content.startswith(first)


def test_another_seed_gives_other_incidents() -> None:
    ours = make_extract(20, seed=DEMO.extract_seed)
    other = make_extract(20, seed="another-seed-of-20-chars")
    assert not set(ours.truths) & set(other.truths)


def test_a_seed_that_no_ticket_allows_is_refused() -> None:
    with pytest.raises(TicketError):
        make_extract(1, seed="short")


def test_the_file_is_a_plain_csv_with_lines_ending_in_lf(extract: DemoExtract) -> None:
    text = extract.content.decode("utf-8")
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == DEMO.incidents + 1
    assert "\r" not in text
    assert "\x00" not in text


def test_every_incident_has_an_id_of_its_own_that_looks_like_no_reference(
    told: list[Told],
) -> None:
    ids = [each.row["incident_id"] for each in told]
    assert len(set(ids)) == DEMO.incidents
    assert all(re.fullmatch("DA-[b-df-hj-np-tv]{12}", each) for each in ids)
    assert all(why_not_an_id(each) is None for each in ids)


def test_narratives_are_normalised_and_have_no_loose_ends(extract: DemoExtract) -> None:
    for narrative in extract.narratives.values():
        assert unicodedata.is_normalized("NFC", narrative)
        assert narrative == narrative.strip()
        assert "{" not in narrative.replace("{grade: immediate}", "")
        assert "  " not in narrative


def test_nothing_in_the_extract_looks_like_personal_data(extract: DemoExtract) -> None:
    # A quarter of the rows holds every wording many times over; all of them take five seconds.
    part = extract.content[: len(extract.content) // 4].decode("utf-8", errors="ignore")
    assert re.search(SIEVE, part, re.ASCII) is None
    assert [column for column in COLUMNS if named_like(column)] == []


def test_some_narratives_hold_text_that_careless_programs_stumble_over(
    extract: DemoExtract,
) -> None:
    texts = list(extract.narratives.values())
    assert any(text.startswith("=") for text in texts)
    assert any(text.startswith(("+", "@", "-")) for text in texts)
    assert any("[red]" in text for text in texts)
    assert any('"' in text and "," in text for text in texts)
    assert any("\n" in text for text in texts)
    assert any(not text.isascii() for text in texts)
    assert any(not text for text in texts)


def share(rows: list[Told], holds: Callable[[Told], bool]) -> float:
    return sum(map(holds, rows)) / len(rows)


@pytest.mark.parametrize(
    ("holds", "low", "high"),
    [
        pytest.param(lambda a: a["A1"] == "yes", 0.37, 0.44, id="any arrest"),
        pytest.param(lambda a: a.get("A2") in {"2", "3_or_more"}, 0.02, 0.03, id="several people"),
        pytest.param(lambda a: a.get("A3") == a.get("A4") == "yes", 0.012, 0.018, id="dual"),
        pytest.param(lambda a: a["C1"] == "yes", 0.045, 0.055, id="counter-allegation"),
        pytest.param(lambda a: a["C1"] == "cannot_determine", 0.02, 0.04, id="not to be known"),
        pytest.param(lambda a: a.get("C5") == "free_text_only", 0.01, 0.02, id="free text only"),
        pytest.param(lambda a: a["Z5"] == "yes", 0.004, 0.012, id="unmanaged risk"),
    ],
)
def test_what_happened_is_as_common_as_intended(
    eligible: list[Told], holds: Callable[[dict[str, str]], bool], low: float, high: float
) -> None:
    assert low < share(eligible, lambda each: holds(dict(each.truth.answers))) < high


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        ("party_a_ethnicity_sde", 0.26, 0.36),
        ("party_b_ethnicity_sde", 0.33, 0.43),
        ("party_a_disability", 0.43, 0.53),
        ("party_b_disability", 0.55, 0.65),
        ("party_a_sex", 0.005, 0.03),
    ],
)
def test_characteristics_have_gaps(told: list[Told], column: str, low: float, high: float) -> None:
    assert low < share(told, lambda each: each.row[column] == "not_recorded") < high


def test_every_answer_that_the_questions_offer_occurs(told: list[Told]) -> None:
    seen = {(q, value) for each in told for q, value in each.truth.answers.items()}
    missing = {
        ("E2", "cannot_determine"),
        ("E1", "no_restricted"),
        ("A2", "3_or_more"),
        ("A6", "after_window"),
        ("A6", "cannot_determine"),
        ("A10", "both"),
        ("A11", "both"),
        ("C3", "after_decision"),
        ("C5", "crimed_then_cancelled"),
        ("P1", "reasons_no_conclusion"),
    } - seen
    assert missing == set()


def test_flags_find_most_but_not_all_counter_allegations(eligible: list[Told]) -> None:
    groups = Counter(
        each.row["flag_group"] for each in eligible if each.truth.answers["C1"] == "yes"
    )
    flagged = groups[STRATA[0]] + groups[STRATA[1]]
    unflagged = groups[STRATA[2]] + groups[STRATA[3]] + groups[STRATA[4]]
    assert 0.35 < flagged / (flagged + unflagged) < 0.65


def test_counter_allegations_differ_between_groups(eligible: list[Told]) -> None:
    def rate(sex: str) -> float:
        rows = [each for each in eligible if each.row["party_a_sex"] == sex]
        return share(rows, lambda each: each.truth.answers["C1"] == "yes")

    assert rate("male") > 1.4 * rate("female")
