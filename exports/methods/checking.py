"""Sentences about what the file is not, and how anyone can check it."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from sampling.plan import Design


def provisional(request: ReleaseRequest) -> str:
    """Say who signed the figures off, or that nobody has."""
    signature = request.signature
    if signature is None and request.ended is not None:
        return "The figures are provisional: nobody had signed them off when their codebook ended."
    if signature is None:
        return "The figures are provisional: nobody has signed them off."
    return (
        f"The sample was signed off at {signature.at} by {signature.by}, over the hash of the "
        "final answers of every case. A change of any of them makes the signature void."
    )


def not_controlled(request: ReleaseRequest) -> str:
    """Say that small numbers stand in the file."""
    del request
    return (
        "No figure has been hidden. Small counts may single people out, and so the file must not "
        "be published or passed on without need."
    )


def names_are_labels(request: ReleaseRequest) -> str:
    """Say what the names in a project file are worth."""
    del request
    return (
        "The project is a file: its names are labels that people gave themselves, and its times "
        "are claims. The chain of hashes shows a later change of the record, not who made it."
    )


def not_encrypted(request: ReleaseRequest) -> str | None:
    """Say that the project was made without encryption."""
    if request.project.is_encrypted:
        return None
    return "The project file is not encrypted, which is meant for synthetic records alone."


def sampling_error_only(request: ReleaseRequest) -> str:
    """Say what the intervals leave out."""
    del request
    return (
        "The intervals speak of the chance of the draw alone. They hold neither what was never "
        "recorded nor what a reviewer misread."
    )


def verify(request: ReleaseRequest) -> str:
    """Give the command that checks everything at once."""
    del request
    return (
        "With the project and the extract, this command checks the log, the fingerprint and the "
        "whole draw:\ndipsample verify PROJECT EXTRACT"
    )


def fingerprint(request: ReleaseRequest) -> str:
    """Give the shell line that computes the fingerprint."""
    from sampling.shell import fingerprint_lines

    return (
        "With the lines of the frame in the file frame.tsv, this prints the fingerprint "
        f"{request.frame.fingerprint}:\n{fingerprint_lines().rstrip()}"
    )


def redraw(request: ReleaseRequest) -> str | None:
    """Give the shell lines that draw one stratum again, where those lines can."""
    from sampling.shell import redraw_lines

    if request.plan.design is not Design.SIMPLE:
        return None
    stratum = request.plan.strata[0]
    drawn = request.drawn_in(stratum.name)
    lines = redraw_lines(request.draw.seed, stratum.name, records=drawn)
    others = " For another stratum change STRATUM and N." if len(request.plan.strata) > 1 else ""
    replaced = " Replaced records are among them." if request.coding.all_replaced else ""
    return (
        f"This prints tickets and ids of the sample of one stratum, in order.{replaced}{others}\n"
        f"{lines.rstrip()}"
    )
