"""Direct identifiers in text: what patterns can find, by place and kind, never by value.

Standard library only. Every pattern also runs on linear-time engines (no look-around, no
back-reference), so that a database can sieve millions of texts by :data:`SIEVE` before
:func:`scan` settles each hit. Names of people cannot be found by patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|"
    "E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|"
    "LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|"
    "SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE_AREAS = frozenset(_AREAS.split("|"))
_STREETS = (
    "Road|Street|Avenue|Lane|Close|Drive|Way|Gardens|Court|Crescent|Terrace|Grove|Place|Square|"
    "Rd|St|Ave"
)
_RANKS = "PC|PS|DC|DS|DI|DCI|DSU|WPC|PCSO|Constable|Sergeant|Inspector|Sgt|Insp"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in a text that looks like a direct identifier."""

    kind: str
    """What it looks like, in a few words."""
    start: int
    """First character, from 0."""
    end: int
    """One past the last character."""


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign in "0123456789"]


def _is_nhs_number(text: str) -> bool:
    digits = _digits(text)
    total = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == digits[9]


def _is_card(text: str) -> bool:
    digits = _digits(text)[::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_of_an_area(text: str) -> bool:
    """Say whether a postcode begins with an area; as a pattern, that is slow on every word."""
    return text[: 1 if text[1].isdigit() else 2].upper() in _POSTCODE_AREAS


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_ni_number(text: str) -> bool:
    return text[:2].upper() not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


_KINDS: Final[tuple[tuple[str, str, Callable[[str], bool] | None], ...]] = (
    ("e-mail address", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", None),
    (
        "National Insurance number",
        r"(?i:\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b)",
        _is_ni_number,
    ),
    ("NHS number", r"\b\d{3}[ -]\d{3}[ -]\d{4}\b", _is_nhs_number),
    (
        "phone number",
        r"(?:\+44 ?(?:\(0\))?|\b0)(?:7\d{3} ?\d{3} ?\d{3}|20 ?\d{4} ?\d{4}|"
        r"[1-38]\d{2,3}[ -]?\d{3}[ -]?\d{3,4})\b",
        None,
    ),
    (
        "postcode",
        r"(?i:\b[A-Z][A-Z]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]\b)",
        _is_of_an_area,
    ),
    ("vehicle mark", r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", None),
    ("driving licence number", r"\b[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}\b", None),
    ("passport number", r"(?i:\bpassport(?: no\.?| number)?[ :]{0,3}[A-Z\d]{9}\b)", None),
    (
        "date of birth",
        r"(?i:\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)[ :]{0,3}"
        r"\d{1,4}[ /.-]\w{1,9}[ /.-]\d{1,4})",
        None,
    ),
    ("title and name", r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][a-z]+", None),
    ("officer", rf"\b(?:{_RANKS})\.? [A-Z][a-z]+", None),
    ("collar number", r"\b(?:PC|PS|DC|DS|WPC|PCSO) ?\d{2,6}[A-Z]{0,2}\b", None),
    (
        "street address",
        rf"\b\d{{1,4}}[A-Za-z]? (?:[A-Z][a-z]+ ){{1,3}}(?:{_STREETS})\b",
        None,
    ),
    ("PNC or CRO number", r"\b(?:(?:19|20)?\d\d/\d{4,7}|\d{1,6}/\d\d)[A-Z]\b", None),
    ("custody number", r"\b\d{2}[A-Z]{1,4}/\d{3,6}/\d{2}\b", None),
    ("crime reference", r"\b(?:\d{7}/\d{2}|\d{2}/\d{4,7}/\d{2})\b", None),
    ("CAD number", r"\bCAD(?: no\.?| number)?[ :/]{0,2}\d{1,6}\b", None),
    ("position on a map", r"-?\b\d{1,2}\.\d{4,12}, ?-?\d{1,3}\.\d{4,12}\b", None),
    ("bank account (IBAN)", r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b", _is_iban),
    ("card number", r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b", _is_card),
)

SIEVE: Final = "|".join(f"(?:{pattern})" for _, pattern, _ in _KINDS)
"""A text without a match of this has no hit; read alike by Python and by RE2."""

REFERENCES: Final = frozenset(
    {"custody number", "crime reference", "CAD number", "PNC or CRO number"}
)
"""The kinds that are references of police systems."""

_COMPILED = tuple((kind, re.compile(pattern, re.ASCII), check) for kind, pattern, check in _KINDS)


def scan(text: str) -> tuple[Hit, ...]:
    """Return what looks like a direct identifier, in the order of the text.

    Args:
        text: Any text; time grows in proportion to its length.

    Returns:
        Kinds and places; empty where nothing was found, which does not mean that nothing is
        there.
    """
    return tuple(
        sorted(
            (
                Hit(kind, found.start(), found.end())
                for kind, pattern, check in _COMPILED
                for found in pattern.finditer(text)
                if check is None or check(found.group())
            ),
            key=lambda hit: (hit.start, hit.end, hit.kind),
        )
    )


_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NAMED: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("name", frozenset({"forename", "surname", "firstname", "lastname", "fullname", "alias"})),
    ("date of birth", frozenset({"dob", "birthdate", "birthday"})),
    ("postcode", frozenset({"postcode", "postalcode", "zipcode"})),
    ("address", frozenset({"address", "street", "uprn"})),
    ("phone number", frozenset({"phone", "mobile", "telephone", "tel", "msisdn"})),
    ("e-mail address", frozenset({"email", "mail"})),
    ("vehicle mark", frozenset({"vrm", "vrn", "numberplate"})),
    ("officer", frozenset({"collar", "warrant", "shoulder"})),
    ("personal number", frozenset({"nino", "nhs", "passport", "pnc", "cro", "pncid"})),
    ("position on a map", frozenset({"latitude", "longitude", "easting", "northing"})),
)
_NAME_OF_A_PERSON = frozenset(
    {"victim", "suspect", "offender", "party", "person", "officer", "complainant", "witness"}
    | {"nominal", "informant", "first", "last", "full", "given", "family", "middle"}
    | {"name", "names", "a", "b"}
)
_NUMBER = frozenset({"no", "number", "num", "ref", "reference", "id"})


def named_like(column: str) -> str | None:
    """Say what kind of personal data a column's name promises, or None.

    Args:
        column: The name as in the header, such as ``victim_surname`` or ``DateOfBirth``.
    """
    tokens = frozenset(token.lower() for token in _TOKEN.findall(column))
    if "birth" in tokens and "year" not in tokens:
        return "date of birth"
    if tokens & {"name", "names"} and tokens <= _NAME_OF_A_PERSON:
        return "name"
    if "custody" in tokens and tokens & _NUMBER:
        return "custody number"
    return next((kind for kind, words in _NAMED if tokens & words), None)
