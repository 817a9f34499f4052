"""Forms read back: the same questions, and everything that a codebook cannot hold named at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.errors import FormError, FormRefusedError
from exports.forms import import_form, write_redcap, write_xlsform
from exports.forms.logic import read_logic
from exports.forms.redcap import COLUMNS
from review.applicability import Applicability, read_sheet
from review.codebook import Codebook, Question, Value, builtin_codebook, load_codebook
from review.conditions import All, Leaf, Not, Operator

FULL = builtin_codebook("da-full")
CODEBOOKS = {
    "da-short": builtin_codebook("da-short"),
    "da-full": builtin_codebook("da-full", switched_on=FULL.offered),
    "good": load_codebook(Path(__file__).parents[1] / "review" / "good-codebook.toml"),
}
WRITERS = {".xlsx": write_xlsform, ".csv": write_redcap}


def back(codebook: Codebook, suffix: str, folder: Path) -> Codebook:
    path = folder / f"form{suffix}"
    path.write_bytes(WRITERS[suffix](codebook))
    return import_form(path).codebook


def offer(question: Question, *, with_keys: bool) -> list[tuple[str, ...]]:
    return [
        (one.value, one.label, str(one.missing), one.key if with_keys else "")
        for one in question.options
    ]


@pytest.fixture(scope="module", params=[(n, s) for n in CODEBOOKS for s in WRITERS], ids=str)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Codebook, Codebook, str]:
    name, suffix = request.param
    codebook = CODEBOOKS[name]
    return codebook, back(codebook, suffix, tmp_path_factory.mktemp("forms")), suffix


def test_a_form_read_back_asks_the_same_questions_with_the_same_answers(
    both: tuple[Codebook, Codebook, str],
) -> None:
    codebook, read, suffix = both
    assert (read.id, read.version) == (codebook.id, codebook.version)
    assert [one.id for one in read.questions] == [one.id for one in codebook.questions]
    for before, after in zip(codebook.questions, read.questions, strict=True):
        assert (after.ask, after.type, after.by_party) == (before.ask, before.type, before.by_party)
        assert (after.minimum, after.maximum) == (before.minimum, before.maximum)
        assert after.max_length == before.max_length
        if before.type == "integer":
            assert after.values == before.values
            continue
        keyed = suffix == ".xlsx"
        assert offer(after, with_keys=keyed) == offer(before, with_keys=keyed)
        if suffix == ".xlsx":
            assert (after.define, after.section) == (before.define.strip(), before.section)
            assert after.options == before.options
            assert after.examples == before.examples
        else:
            assert after.define.startswith(before.define.strip())


def answers_to(codebook: Codebook) -> st.SearchStrategy[Mapping[str, Value]]:
    def of(question: Question) -> st.SearchStrategy[Value]:
        if question.type == "text":
            return st.just(("why",))
        if question.type == "multi":
            return st.lists(st.sampled_from(question.values), min_size=1, unique=True).map(tuple)
        numbers = st.integers(question.minimum or 0, question.maximum or 0).map(str)
        words = st.sampled_from(question.values) if question.values else numbers
        return (numbers | words if question.type == "integer" else words).map(lambda one: (one,))

    gates = {"E1": "yes", "E2": "yes", "A1": "yes", "A3": "yes", "A4": "yes", "C1": "yes"}
    common = {name: st.just((value,)) for name, value in gates.items() if name in codebook.by_id}
    every = {one.id: of(one) | common.get(one.id, st.nothing()) for one in codebook.questions}
    return st.fixed_dictionaries({}, optional=every)


def asked(codebook: Codebook, answers: Mapping[str, Value]) -> dict[str, tuple[bool, bool]]:
    sheet = read_sheet(codebook, answers, ())
    return {
        one.question.id: (
            one.applicability is Applicability.APPLICABLE,
            one.is_required and one.applicability is Applicability.APPLICABLE,
        )
        for one in sheet.questions
    }


@given(data=st.data())
def test_a_form_read_back_asks_in_the_same_cases(
    both: tuple[Codebook, Codebook, str], data: st.DataObject
) -> None:
    codebook, read, suffix = both
    answers = data.draw(answers_to(codebook))
    before, after = asked(codebook, answers), asked(read, answers)
    if suffix == ".csv":  # REDCap says in words alone when a text is required
        before = {name: (is_asked, False) for name, (is_asked, _) in before.items()}
        after = {name: (is_asked, False) for name, (is_asked, _) in after.items()}
    assert after == before


WORDS = st.text("abc \"'\\|<>&[]=+-@#é\n", min_size=1, max_size=20).map(lambda one: f"x{one}y")


@st.composite
def codebooks(draw: st.DrawFn) -> str:
    """Small codebooks with any words, kinds of answer and skip logic."""
    import json

    parts = ['format = 1\nid = "made"\nversion = "2.1.0"\nwindow_days = 7']
    count = draw(st.integers(2, 5))
    for number in range(count):
        values = draw(st.lists(st.sampled_from("pqrs"), min_size=1, max_size=3, unique=True))
        parts.append(f"[answers.l{number}]")
        for key, value in enumerate(values, start=1):
            parts.append(f'{value} = {{key = "{key}", label = {json.dumps(draw(WORDS))}}}')
        parts.append('unknown = {key = "u", label = "?", missing = true}')
    for number in range(count):
        kind = draw(st.sampled_from(["single", "multi"]))
        parts.append(f'[[question]]\nid = "Q{number}"\nanswers = "l{number}"\ntype = "{kind}"')
        parts.append(f"ask = {json.dumps(draw(WORDS))}")
        if number and draw(st.booleans()):
            other = draw(st.integers(0, number - 1))
            operator = draw(st.sampled_from(["eq", "ne"]))
            parts.append(f'ask_if.any = [{{Q{other} = {{{operator} = "unknown"}}}}]')
    return "\n".join(parts)


@settings(max_examples=12)
@given(text=codebooks())
def test_any_codebook_read_back_is_the_same_to_its_words_and_skip_logic(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from review.codebook import parse_codebook

    codebook = parse_codebook(text, source="made.toml")
    folder = tmp_path_factory.mktemp("made")
    for suffix in WRITERS:
        read = back(codebook, suffix, folder)
        for before, after in zip(codebook.questions, read.questions, strict=True):
            assert (after.id, after.ask, after.type) == (before.id, before.ask, before.type)
            keyed = suffix == ".xlsx"
            assert offer(after, with_keys=keyed) == offer(before, with_keys=keyed)
        world = {one.id: (one.values[0],) for one in codebook.questions}
        gone = {one.id: ("unknown",) for one in codebook.questions}
        for answers in (world, gone, {}):
            assert asked(read, answers) == asked(codebook, answers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${Q1} = 'yes'", Leaf("Q1", Operator.EQ, ("yes",))),
        ("[q1]='yes' or [q1] = \"no\"", Leaf("Q1", Operator.IN, ("yes", "no"))),
        ("[q1] <> '' and [q1] <> 'yes'", Leaf("Q1", Operator.NE, ("yes",))),
        ("not(selected(${Q2}, 'a'))", Leaf("Q2", Operator.NE, ("a",))),
        ("[q2(a)] = '0'", Leaf("Q2", Operator.NE, ("a",))),
        ("[q1] <> 'yes' and [q1] <> 'no'", Leaf("Q1", Operator.ANSWERED, ("false",))),
        (
            "not(${Q1} = 'yes' and ${N} > 3)",
            Not(All((Leaf("Q1", Operator.EQ, ("yes",)), Leaf("N", Operator.GT, ("3",))))),
        ),
    ],
)
def test_skip_logic_of_both_programs_is_read(text: str, expected: object) -> None:
    assert read_logic(text, {"Q1": ("yes", "no"), "Q2": ("a", "b"), "N": ()}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "${Q1}",
        "${Q1} = ",
        "${Q9} = 'yes'",
        "${Q1} = 'yes' or",
        "(${Q1} = 'yes'",
        "${Q1} = 'yes')",
        "count(${Q1}) > 1",
        "today() > '2020-01-01'",
        "${Q1} + 1 = 2",
        "__import__('os')",
        "${Q1} = 1.5",
        "(" * 500 + "${Q1} = 'yes'" + ")" * 500,
        "not" * 9,
        "${Q1} = 'yes' " * 5000,
    ],
)
def test_logic_that_is_no_statement_about_answers_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        read_logic(text, {"Q1": ("yes", "no")})


@given(st.text("${Q1}[]()=<>'\" andornotselected,.19", max_size=60))
def test_any_other_text_is_refused_or_read_and_never_breaks(text: str) -> None:
    with suppress(FormError):
        read_logic(text, {"Q1": ("yes", "no")})


def workbook_of(survey: list[list[str]], choices: list[list[str]]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in (("survey", survey), ("choices", choices)):
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return workbook


CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
]


def test_everything_that_a_codebook_cannot_hold_is_named_at_once(tmp_path: Path) -> None:
    head = ["type", "name", "label", "relevant", "required", "constraint", "calculation"]
    survey = [
        head,
        ["text", "case", "Case"],
        ["select_one yn", "Q1", "One?"],
        ["geopoint", "Q2", "Where?"],
        ["select_one gone", "Q3", "Three?"],
        ["select_one yn", "Q4", "Four?", "today() > 1"],
        ["integer", "Q5", "Five?"],
        ["text", "Q6", "Six?", "", "yes"],
        ["select_one yn", "Q7", "Seven?", "", "", "", "1 + 1"],
    ]
    path = tmp_path / "form.xlsx"
    workbook_of(survey, CHOICES).save(path)
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    places = [(cell.row, cell.column) for cell in caught.value.cells]
    assert places == [
        (4, "type"),
        (5, "type"),
        (6, "relevant"),
        (7, "constraint"),
        (8, "required"),
        (9, "calculation"),
    ]


def test_a_fault_that_only_the_whole_codebook_shows_stands_at_its_row(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "label", "relevant"],
        ["select_one yn", "Q1", "One?"],
        ["select_one yn", "Q1", "One again?"],
        ["select_one yn", "Q2", "Two?", "${Q1} = 'perhaps'"],
    ]
    path = tmp_path / "form.xlsx"
    workbook_of(survey, CHOICES).save(path)
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    assert [cell.row for cell in caught.value.cells] == [3, 4]
    assert "perhaps" in caught.value.cells[1].reason


def test_a_plain_form_gets_keys_by_the_house_rule_and_says_what_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "our form.xlsx"
    survey = [
        ["type", "name", "label"],
        ["begin group", "g", "Part one"],
        ["select_one yn", "Q1", "One?"],
        ["end group"],
        ["select_multiple abc", "Q2", "Two?"],
    ]
    more = [["abc", "a", "A"], ["abc", "b", "B"], ["abc", "unknown", "Not known"]]
    workbook_of(survey, [*CHOICES, *more]).save(path)
    form = import_form(path)
    first, second = form.codebook.questions
    assert [one.key for one in first.options] == ["y", "n"]
    assert (first.section, second.section) == ("Part one", "")
    assert [(one.key, one.missing) for one in second.options] == [
        ("1", False),
        ("2", False),
        ("u", True),
    ]
    assert form.closed == ("Q1",)
    assert not form.keys_given
    assert form.codebook.id == "our-form"


def test_formulas_entities_and_broken_files_are_refused(tmp_path: Path) -> None:
    formula = tmp_path / "formula.xlsx"
    workbook_of([["type", "name"], ["text", "=1+1"]], CHOICES).save(formula)
    with pytest.raises(FormRefusedError, match="holds formulas"):
        import_form(formula)
    for name, content in (("a.xlsx", b"PK\x03\x04"), ("b.csv", b"\xff\xfe"), ("c.toml", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FormError):
            import_form(path)


def dictionary(folder: Path, *fields: dict[str, str]) -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows(fields)
    path = folder / "dictionary.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def test_a_dictionary_that_asks_for_persons_files_or_dates_is_refused(tmp_path: Path) -> None:
    name, kind, label = COLUMNS[0], COLUMNS[3], COLUMNS[4]
    path = dictionary(
        tmp_path,
        {name: "q1", kind: "yesno", label: "One?", "Identifier?": "y"},
        {name: "q2", kind: "file", label: "Two?"},
        {name: "q3", kind: "text", label: "Three?", COLUMNS[7]: "date_dmy"},
        {name: "q4", kind: "radio", label: "Four?", COLUMNS[5]: "1 Yes"},
    )
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    assert [(cell.row, cell.column) for cell in caught.value.cells] == [
        (2, "Identifier?"),
        (3, kind),
        (4, COLUMNS[7]),
        (5, COLUMNS[5]),
    ]


def test_answers_that_stand_twice_are_refused_at_their_row(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    survey = [["type", "name", "label"], ["select_one yn", "Q1", "One?"]]
    workbook_of(survey, [*CHOICES, ["yn", "yes", "Yes again"]]).save(path)
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    assert [(cell.sheet, cell.row, cell.column) for cell in caught.value.cells] == [
        ("choices", 4, "name")
    ]
    field = {COLUMNS[0]: "q1", COLUMNS[3]: "radio", COLUMNS[4]: "One?", COLUMNS[5]: "a, A | a, B"}
    with pytest.raises(FormRefusedError):
        import_form(dictionary(tmp_path, field))


@pytest.mark.parametrize("name", ["two words", "Q1]", '"', "", "é", "all"])
def test_an_id_that_no_codebook_has_is_refused_at_its_row(tmp_path: Path, name: str) -> None:
    path = tmp_path / "form.xlsx"
    survey = [["type", "name", "label"], ["select_one yn", name, "One?"]]
    workbook_of(survey, CHOICES).save(path)
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    assert [cell.row for cell in caught.value.cells] == [2]


def test_two_questions_of_one_id_with_other_answers_are_refused_and_not_mixed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "form.xlsx"
    rows = [["select_one yn", "Q1", "One?"], ["select_one other", "Q1", "Two?"]]
    survey = [["type", "name", "label"], *rows]
    workbook_of(survey, [*CHOICES, ["other", "a", "A"], ["other", "b", "B"]]).save(path)
    with pytest.raises(FormRefusedError) as caught:
        import_form(path)
    assert [str(cell) for cell in caught.value.cells] == [
        "survey, row 3, Q1: another question has this id."
    ]


def test_a_character_that_no_text_has_is_refused(tmp_path: Path) -> None:
    field = {COLUMNS[0]: "q1", COLUMNS[3]: "yesno", COLUMNS[4]: "One\x07?"}
    with pytest.raises(FormError, match="row 2"):
        import_form(dictionary(tmp_path, field))
