"""From what a log holds to events of review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from pydantic import ValidationError

from review.errors import EventError
from review.events import ReviewEvent

REVIEW_KINDS: Final[Mapping[str, type[ReviewEvent]]] = {
    model.__name__: model for model in get_args(ReviewEvent)
}
"""Event models by the kind under which the log keeps them."""


def decode(kind: str, data: Mapping[str, object]) -> ReviewEvent | None:
    """Return the event that a log entry holds.

    Args:
        kind: The name of the event's model.
        data: Its payload, with its schema version under ``v``.

    Returns:
        The event; None for a kind or a version that this release does not know.

    Raises:
        EventError: Where kind and version are known and the data do not fit them.
    """
    model = REVIEW_KINDS.get(kind)
    if model is None or data.get("v", 1) != 1:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        raise EventError(
            f"An event of kind {kind} does not fit its kind at {', '.join(places)}; "
            "verify the project."
        ) from None
