"""Skip logic of other programs, read into conditions: XPath of XLSForm, branching of REDCap.

Both are one small language here: statements about the answer to one question, joined by ``and``,
``or`` and ``not(...)``. What is no such statement is refused; nothing is guessed and nothing run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, assert_never

from exports.errors import FormError
from review.conditions import All, Any, Condition, Leaf, Not, Operator

MAX_LENGTH: Final = 20_000
MAX_BRACKETS: Final = 40

_TOKEN: Final = re.compile(
    r"""\s*(?:
    \$\{(?P<xpath>[^{}]{1,64})\}
    | \[(?P<redcap>[A-Za-z0-9_]{1,64})(?:\((?P<choice>[A-Za-z0-9_.-]{1,64})\))?\]
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>-?\d{1,9})(?![\d.])
    | (?P<word>[a-z]{1,12})
    | (?P<sign><>|!=|<=|>=|=|<|>|\(|\)|,)
    )""",
    re.VERBOSE,
)
_SIGNS: Final = {
    "=": Operator.EQ,
    "!=": Operator.NE,
    "<>": Operator.NE,
    ">": Operator.GT,
    ">=": Operator.GTE,
    "<": Operator.LT,
    "<=": Operator.LTE,
}


class _Token(NamedTuple):
    kind: str
    """xpath, redcap, text, number, word, sign; empty at the end."""
    text: str
    choice: str = ""


def read_logic(text: str, names: Mapping[str, tuple[str, ...]]) -> Condition:
    """Return the condition that skip logic states.

    Args:
        text: Of a cell, not empty.
        names: By id, the answers of every earlier question that offers some.

    Raises:
        FormError: With what cannot be read, as the end of a sentence about the cell.
    """
    if len(text) > MAX_LENGTH:
        raise FormError(f"it is over {MAX_LENGTH:,} characters long; split the question.")
    reader = _Reader(_tokens(text), names)
    condition = reader.either()
    if reader.ahead.kind:
        raise FormError(f"it cannot be read from {reader.ahead.text!r} on.")
    return _with_blanks(_tidy(condition), names)


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    text = text.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FormError(
                "it is more than statements about answers joined by 'and', 'or' and 'not(...)', "
                f"at character {position + 1}."
            )
        kind = str(match.lastgroup) if match["choice"] is None else "redcap"
        found.append(_Token(kind, match[kind], match["choice"] or ""))
        position = match.end()
    return found


class _Reader:
    """Reads the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token], names: Mapping[str, tuple[str, ...]]) -> None:
        self._tokens = tokens
        self._names = {name.lower(): name for name in names}
        self._values = names
        self._position = 0
        self._depth = 0

    @property
    def ahead(self) -> _Token:
        """The next token; one of no kind at the end."""
        return (
            self._tokens[self._position] if self._position < len(self._tokens) else _Token("", "")
        )

    def either(self) -> Condition:
        """Read parts joined by ``or``."""
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        if self._take("not"):
            return Not(self._bracketed())
        if self.ahead.text == "(" and self.ahead.kind == "sign":
            return self._bracketed()
        if self._take("selected"):
            self._expect("(")
            question, _ = self._question()
            self._expect(",")
            value = self._literal()
            self._expect(")")
            return Leaf(question, Operator.EQ, (value,))
        if self._take("isnumber"):
            # A comparison of numbers holds for numbers alone, so this says nothing more.
            self._expect("(")
            question, _ = self._question()
            self._expect(")")
            return Leaf(question, Operator.ANSWERED, ("true",))
        return self._comparison()

    def _bracketed(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_BRACKETS:
            raise FormError(f"its brackets stand more than {MAX_BRACKETS} deep.")
        self._expect("(")
        inner = self.either()
        self._expect(")")
        self._depth -= 1
        return inner

    def _comparison(self) -> Condition:
        is_number = self._take("number")
        if is_number:
            self._expect("(")
        question, choice = self._question()
        if is_number:
            self._expect(")")
        sign = self.ahead
        if sign.kind != "sign" or sign.text not in _SIGNS:
            raise FormError(f"it compares {question} with nothing.")
        self._position += 1
        operator, value = _SIGNS[sign.text], self._literal()
        return _leaf(question, choice, operator, value)

    def _question(self) -> tuple[str, str]:
        token = self.ahead
        if token.kind not in ("xpath", "redcap"):
            raise FormError("a statement begins with the name of a question, as ${Q1} or [q1].")
        self._position += 1
        # XLSForm goes by capital letters and REDCap has none.
        name = self._names.get(token.text.lower()) if token.kind == "redcap" else token.text
        if name is None or name not in self._values:
            raise FormError(f"it speaks of {token.text}, which is no earlier question.")
        return name, token.choice

    def _literal(self) -> str:
        token = self.ahead
        if token.kind not in ("text", "number"):
            raise FormError("an answer is compared with a value in quotes or a whole number.")
        self._position += 1
        return token.text if token.kind == "number" else token.text[1:-1]

    def _take(self, word: str) -> bool:
        is_next = self.ahead == _Token("word", word)
        self._position += is_next
        return is_next

    def _expect(self, sign: str) -> None:
        if self.ahead != _Token("sign", sign):
            raise FormError(f"a {sign!r} is missing in it.")
        self._position += 1


def _leaf(question: str, choice: str, operator: Operator, value: str) -> Leaf:
    """Return one statement, in the words that a codebook has for it."""
    if choice:
        if value not in ("0", "1") or operator not in (Operator.EQ, Operator.NE):
            raise FormError(f"a ticked answer of {question} is compared with '1' or '0' alone.")
        is_ticked = (value == "1") == (operator is Operator.EQ)
        return Leaf(question, Operator.EQ if is_ticked else Operator.NE, (choice,))
    if value == "":
        if operator.compares_numbers:
            raise FormError(f"it compares {question} with nothing.")
        word = "false" if operator is Operator.EQ else "true"
        return Leaf(question, Operator.ANSWERED, (word,))
    if operator.compares_numbers and not value.lstrip("-").isdecimal():
        raise FormError(f"{question} is compared as a number with what is no whole number.")
    return Leaf(question, operator, (value,))


def _with_blanks(condition: Condition, names: Mapping[str, tuple[str, ...]]) -> Condition:
    """Return the same where "none of all its answers" is said as not answered."""
    match condition:
        case Leaf(question, operator, operands):
            is_blank = operator is Operator.NOT_IN and set(operands) == set(names[question])
            return Leaf(question, Operator.ANSWERED, ("false",)) if is_blank else condition
        case Not(part):
            return Not(_with_blanks(part, names))
        case All(parts):
            return All(tuple(_with_blanks(part, names) for part in parts))
        case Any(parts):
            return Any(tuple(_with_blanks(part, names) for part in parts))
    assert_never(condition)


def _tidy(condition: Condition) -> Condition:
    """Return the same with statements about one question joined, and nothing said twice."""
    match condition:
        case Leaf():
            return condition
        case Not(part):
            inner = _tidy(part)
            if isinstance(inner, Leaf) and inner.operator in (Operator.EQ, Operator.IN):
                negative = Operator.NE if inner.operator is Operator.EQ else Operator.NOT_IN
                return Leaf(inner.question, negative, inner.operands)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case Any(parts):
            return _joined(Any, [_tidy(part) for part in parts], Operator.EQ, Operator.IN)
        case All(parts):
            inner_parts = [_tidy(part) for part in parts]
            return _joined(All, inner_parts, Operator.NE, Operator.NOT_IN)
    assert_never(condition)


def _joined(
    kind: type[All] | type[Any], parts: list[Condition], one: Operator, several: Operator
) -> Condition:
    """Join parts flat; neighbours that name values of one question become one statement."""
    flat: list[Condition] = []
    for part in parts:
        for inner in part.parts if isinstance(part, kind) else (part,):
            last = flat[-1] if flat else None
            if (
                isinstance(inner, Leaf)
                and isinstance(last, Leaf)
                and inner.question == last.question
                and {inner.operator, last.operator} <= {one, several}
            ):
                values = tuple(dict.fromkeys((*last.operands, *inner.operands)))
                flat[-1] = Leaf(last.question, several, values)
            elif inner not in flat:
                flat.append(inner)
    if kind is All:
        flat = [part for part in flat if not _is_implied(part, flat)]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _is_implied(part: Condition, parts: list[Condition]) -> bool:
    """Say whether a part that asks for any answer is said by another about the answer itself."""
    if not (isinstance(part, Leaf) and part == Leaf(part.question, Operator.ANSWERED, ("true",))):
        return False
    return any(
        isinstance(other, Leaf)
        and other.question == part.question
        and other.operator is not Operator.ANSWERED
        for other in parts
    )
