"""The classes in which versions of a codebook count together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.codebook_diff import is_comparable
from review.comparability import VersionClass, class_of, classes_of
from review.versions import Versions
from sampling.refusal import Refusal
from tests.review import versioned as ours


def numbers(found: VersionClass) -> list[str]:
    return [one.codebook.version for one in found.versions]


def log_of() -> Versions:
    log = ours.Log()
    log.publish(ours.REWORDED, cosmetic=("C1",))
    log.publish(ours.MEANING)
    review = log.review
    assert isinstance(review.versions, Versions)
    return review.versions


def test_a_class_ends_where_an_answer_may_mean_something_else() -> None:
    first, second = classes_of(log_of())
    assert numbers(first) == ["1.0.0", "1.0.1"]
    assert first.newest.codebook == ours.REWORDED
    assert first.ended_by is not None
    assert first.ended_by.codebook == ours.MEANING
    assert numbers(second) == ["2.0.0"]
    assert second.ended_by is None


def test_a_class_is_found_by_any_version_of_it() -> None:
    versions = log_of()
    assert class_of(versions, "1.0.0") == class_of(versions, "1.0.1") == classes_of(versions)[0]


def test_a_version_that_was_never_published_is_refused_with_those_there_are() -> None:
    refusal = class_of(log_of(), "9.9.9")
    assert isinstance(refusal, Refusal)
    assert "1.0.0, 1.0.1, 2.0.0" in refusal.reason


@given(data=st.data())
def test_every_version_is_in_one_class_and_no_class_holds_a_change_of_meaning(
    data: st.DataObject,
) -> None:
    log = ours.Log()
    number = 1
    for minor in range(data.draw(st.integers(0, 5))):
        is_reworded = data.draw(st.booleans())
        cosmetic = ("C1",) if is_reworded and data.draw(st.booleans()) else ()
        words = f"Did each allege ({minor})" if is_reworded else "Did each allege"
        number += 1
        log.publish(ours.version(f"{number}.0.0", ("Did each allege", words)), cosmetic=cosmetic)
    versions = log.review.versions
    found = classes_of(versions)
    assert [one for group in found for one in group.versions] == list(versions.all)
    for group in found:
        inner = group.versions[1:]
        assert all(is_comparable(versions.changes_of(one.codebook.sha256)) for one in inner)
        if group.ended_by is not None:
            ended = versions.changes_of(group.ended_by.codebook.sha256)
            assert not is_comparable(ended)
    assert found[-1].ended_by is None
