"""Pages of text that the program shows: figures, agreement, questions, own answers overruled."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.finding import Finding


class TextPages(App[None]):
    """Opens pages that are read and left again.

    Attributes:
        name_of_user: Who is at the keyboard.
    """

    name_of_user: str

    @property
    @abstractmethod
    def project(self) -> Audit:
        """The open project."""

    def show_overruled(self) -> None:
        """Show the user where their own answers were not the final ones."""
        from dipsample.tui.drawing.adjudication import overruled_lines
        from dipsample.tui.screens.page import PageScreen

        rows = [
            (one.case_id, one.question, one.own, one.final, one.reason)
            for one in self.project.overruled(self.name_of_user)
        ]
        nothing = self.project.nothing_overruled(self.name_of_user)
        title = "Where your answers were not the final ones: for you alone"
        self.push_screen(PageScreen(title, lambda width: overruled_lines(rows, nothing, width)))

    def show_readings(self, findings: tuple[Finding, ...]) -> None:
        """Show what "multiple arrests" can mean, with the audit's own figures."""
        from dipsample.tui.drawing.figures import readings_lines
        from dipsample.tui.screens.page import PageScreen

        title = 'Readings of "multiple arrests"'
        self.push_screen(PageScreen(title, lambda width: readings_lines(findings, width)))

    def show_reference(self) -> None:
        """Show what others published."""
        from dipsample.tui.drawing.figures import reference_lines
        from dipsample.tui.screens.page import PageScreen

        self.push_screen(PageScreen("Figures of other studies", reference_lines))

    def show_agreement(self, audit: Audit) -> None:
        """Show how far coders agree, to whoever may see it.

        Args:
            audit: The project, or what it was under an earlier version of the codebook.
        """
        from dipsample.tui.drawing.agreement import agreement_lines
        from dipsample.tui.screens.page import PageScreen

        double = audit.agreement(self.name_of_user)
        checks = audit.silent_checks(self.name_of_user)
        title = f"Agreement of coders, {audit.codebook.id} {audit.codebook.version}"
        self.push_screen(PageScreen(title, lambda width: agreement_lines(double, width, checks)))

    def show_corrected(self, audit: Audit) -> None:
        """Show the headlines corrected for reading errors, to whoever may see findings.

        Args:
            audit: As :meth:`show_agreement`.
        """
        from dipsample.tui.drawing.corrected import corrected_lines
        from dipsample.tui.screens.page import PageScreen

        figures = audit.second_figures(self.name_of_user)
        title = "Corrected (approximate) for reading errors"
        self.push_screen(PageScreen(title, lambda width: corrected_lines(figures, width)))

    def show_codebook(self) -> None:
        """Show all questions with their definitions."""
        from dipsample.tui.drawing.pages import codebook_lines
        from dipsample.tui.screens.page import PageScreen

        codebook = self.project.codebook
        self.push_screen(PageScreen("Codebook", lambda width: codebook_lines(codebook, width)))
