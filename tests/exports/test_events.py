from __future__ import annotations

import pytest
from pydantic import ValidationError

from exports.events import ReleaseMade

EVENT = {
    "v": 1,
    "format": "xlsx",
    "file_name": "findings.xlsx",
    "file_sha256": "a" * 64,
    "values_sha256": "b" * 64,
    "by": ["area"],
    "date": "2026-01-05",
    "status": ["PROVISIONAL"],
    "log_digest": "c" * 64,
}


def test_a_recorded_release_comes_back_as_it_was() -> None:
    event = ReleaseMade.model_validate(EVENT)
    assert ReleaseMade.model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize("change", [{"format": "docx"}, {"v": 2}, {"rows": []}])
def test_another_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ReleaseMade.model_validate(EVENT | change)


def test_an_event_of_figures_in_force_keeps_the_bytes_it_had() -> None:
    assert ReleaseMade.model_validate(EVENT).model_dump(mode="json") == EVENT
    earlier = EVENT | {"codebook": "1.0.0"}
    assert ReleaseMade.model_validate(earlier).model_dump(mode="json") == earlier
