"""The scanner of direct identifiers: what it finds, what it leaves, and that it stays fast."""

from __future__ import annotations

import re

import pytest

from sampling.personal import SIEVE, named_like, scan

FOUND = {
    "AB123456C": "National Insurance number",
    "her NI is ab 12 34 56 c": "National Insurance number",
    "943 476 5919": "NHS number",
    "ring 07700 900123 today": "phone number",
    "+44 7700 900123": "phone number",
    "0161 496 0123": "phone number",
    "020 7946 0018": "phone number",
    "write to a.b+c@example.co.uk": "e-mail address",
    "lives at SW1A 1AA": "postcode",
    "m1 1ae": "postcode",
    "car AB12 CDE outside": "vehicle mark",
    "MORGA657054SM9IJ": "driving licence number",
    "passport no. 123456789": "passport number",
    "DOB: 01/02/1990": "date of birth",
    "born on 1 March 1990": "date of birth",
    "Mrs Example said": "title and name",
    "DC Example attended": "officer",
    "PC 1234 attended": "collar number",
    "at 12 High Street": "street address",
    "2024/1234567A": "PNC or CRO number",
    "01CV/1234/24": "custody number",
    "crime 1234567/24": "crime reference",
    "01/123456/24": "crime reference",
    "CAD 4567": "CAD number",
    "51.50722, -0.12750": "position on a map",
    "GB82 WEST 1234 5698 7654 32": "bank account (IBAN)",
    "4111 1111 1111 1111": "card number",
}

INNOCENT = (
    "at 12:30 on 2024-03-01",
    "section 39 of the Act",
    "943 476 5918",
    "4111 1111 1111 1112",
    "BG 12 34 56 A",
    "two suspects and 3 witnesses",
    "Knife or Sharp Implement",
    "Not Known/Not Recorded",
    "2003.0",
    "03/04/2024",
    "arrested for s.47, bail to 14.05.24",
    "she said he did it 4 times in 10 days",
    "A&E for 2 hours",
    "DA25-06-00019307",
    "partner / ex-partner",
    "£120.00 damage",
)


@pytest.mark.parametrize(("text", "kind"), FOUND.items())
def test_identifiers_are_found_by_kind_and_place(text: str, kind: str) -> None:
    hits = [hit for hit in scan(text) if hit.kind == kind]
    assert hits
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_phrases_are_left(text: str) -> None:
    assert scan(text) == ()


@pytest.mark.parametrize("text", [*FOUND, *INNOCENT])
def test_the_sieve_lets_every_hit_through_in_an_engine_too(text: str) -> None:
    import duckdb

    passes = duckdb.execute("SELECT regexp_matches(?, ?)", [text, SIEVE]).fetchall()[0][0]
    assert bool(re.search(SIEVE, text, re.ASCII)) == passes
    assert passes or not scan(text)


@pytest.mark.parametrize("piece", ["0", "A ", "a@", "a.", "1 Aa ", "a1", "+44", "12/", "AB12 "])
def test_long_texts_are_scanned_in_proportion_to_their_length(piece: str) -> None:
    scan(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("victim_surname", "name"),
        ("Name", "name"),
        ("suspectName", "name"),
        ("DateOfBirth", "date of birth"),
        ("dob", "date of birth"),
        ("postcode", "postcode"),
        ("custody_ref", "custody number"),
        ("VRM", "vehicle mark"),
        ("bcu_name", None),
        ("year_of_birth", None),
        ("Borough", None),
        ("custody", None),
    ],
)
def test_names_of_columns_promise_what_they_hold(column: str, kind: str | None) -> None:
    assert named_like(column) == kind
