"""The one registry of commands: key bar, palette, help, README and plain mode are made from it.

Letters and digits answer, so no command has one. Punctuation commands, and every command has a
function key beside it, for keyboards on which the punctuation needs Shift.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dipsample.tui.command import SHIFTED, Command, Need, Where, shown

__all__ = [
    "COMMANDS",
    "Command",
    "Need",
    "Where",
    "command_by_word",
    "command_for",
    "commands_of",
    "enabled_on",
    "key_table",
    "shown",
]


def _command(  # noqa: PLR0913 - a row of the table below
    command_id: str,
    label: str,
    keys: str,
    f_key: str,
    where: Iterable[Where],
    help_sentence: str,
    *,
    needs: Iterable[Need] = (),
    calls: str = "",
    word: str = "",
) -> Command:
    return Command(
        id=command_id,
        label=label,
        help=help_sentence,
        keys=tuple(" " if key == "space" else key for key in keys.split()),
        f_key=f_key,
        where=frozenset(where),
        needs=frozenset(needs),
        calls=calls,
        word=word,
    )


_LISTS = (Where.QUEUE, Where.OVERVIEW, Where.FINDINGS, Where.LOG)
_PATH = (Where.FRAME, Where.PLAN, Where.DRAW)
_BOARDS = (Where.QUEUE, Where.OVERVIEW, Where.FINDINGS)
_MOVING = (*_BOARDS, *_PATH, Where.SAMPLE)
_CODING = (Where.CODING,)
_OPEN = (Need.OPEN_CODING,)
_DECIDING = (Where.ADJUDICATION,)
_OPEN_CASE = (Need.UNDECIDED,)

COMMANDS: Final[tuple[Command, ...]] = (
    _command("pin", "pin", "enter", "f10", (Where.QUOTE,),
             "Pin the marked words to the question.", calls="pin_quote"),
    _command("quote_back", "sentence", "up ,", "shift+f5", (Where.QUOTE,),
             "Go to the sentence before."),
    _command("quote_on", "sentence", "down .", "shift+f6", (Where.QUOTE,),
             "Go to the sentence after."),
    _command("quote_more", "longer", "shift+down ]", "shift+f3", (Where.QUOTE,),
             "Take one more sentence into the quote."),
    _command("quote_less", "shorter", "shift+up [", "shift+f2", (Where.QUOTE,),
             "Take the last sentence out of the quote."),
    _command("unpin", "remove", "-", "f6", (Where.QUOTE,),
             "Remove the quote that the mark stands on.",
             needs=(Need.QUOTED_HERE,), calls="remove_quote"),
    _command("leave_quote", "leave", "' escape `", "f4", (Where.QUOTE,),
             "Leave quote mode."),
    _command("take_left", "side", "left", "f2", _DECIDING,
             "Take the answer of the coder on the left.", needs=_OPEN_CASE, calls="decide"),
    _command("take_right", "side", "right", "f3", _DECIDING,
             "Take the answer of the coder on the right.", needs=_OPEN_CASE, calls="decide"),
    _command("not_agreed", "not agreed", "!", "f6", _DECIDING,
             "Leave the question as one that cannot be agreed; 0 does the same.",
             needs=_OPEN_CASE, calls="decide"),
    _command("row_above", "move", ", up", "shift+f5", _DECIDING, "Go to the question before."),
    _command("row_below", "move", ". down", "shift+f6", _DECIDING, "Go to the question after."),
    _command("say_why", "say why", "enter", "f10", _DECIDING,
             "Say why the answer on hand overrules a coder: one letter, then Enter.",
             needs=(Need.ASKED_WHY,), calls="decide"),
    _command("next_open", "next", "enter", "f10", _DECIDING, "Go to the next open question.",
             needs=(Need.OPEN_QUESTIONS,)),
    _command("close_case", "close case", "enter", "f10", _DECIDING,
             "Close the case when all is decided; it confirms what all agree on.",
             needs=(Need.ALL_DECIDED,), calls="close_decision"),
    _command("next_case", "next case", "enter", "f10", _DECIDING,
             "Go to the next case that waits for a decision.",
             needs=(Need.CLOSED,), calls="cases_to_decide"),
    _command("comment", "comment", ";", "f5", _DECIDING, "Write about the decision.",
             needs=_OPEN_CASE, calls="decide"),
    _command("evidence", "quote", "'", "f4", _DECIDING,
             "Pin words of the record to an answer that no coder bore out.",
             needs=_OPEN_CASE, calls="decision_quote"),
    _command("query", "query", "#", "f7", _DECIDING, "Ask the supervisor about the codebook.",
             needs=_OPEN_CASE, calls="query_codebook"),
    _command("take_back", "take back", "backspace", "f9", _DECIDING,
             "Take the decision on the question back.", needs=_OPEN_CASE, calls="decide"),
    _command("unfold", "all", "tab", "shift+f4", _DECIDING,
             "Show the questions on which all agree too, or fold them again."),
    _command("send_back", "send back", "-", "f8", _DECIDING,
             "Send one coding back to its coder with a question.",
             needs=_OPEN_CASE, calls="send_back"),
    _command("record_back", "record", "pageup", "shift+f7", _DECIDING, "Scroll the record back."),
    _command("record_on", "record", "pagedown space", "shift+f8", _DECIDING,
             "Scroll the record on."),
    _command("open", "open", "enter", "f10", (Where.QUEUE,), "Open the case.",
             needs=(Need.CASES,), calls="open_case"),
    _command("begin", "begin", "enter", "f10", (Where.PAUSE,), "Begin the next case.",
             calls="open_case"),
    _command("previous", "move", ", up", "shift+f5", _CODING, "Go to the question before.",
             word="back"),
    _command("next", "move", ". down", "shift+f6", _CODING, "Go to the question after.",
             word="next"),
    _command("above", "move", ", up", "shift+f5", _MOVING,
             "Go to the line above."),
    _command("below", "move", ". down", "shift+f6", _MOVING,
             "Go to the line below."),
    _command("quote", "quote", "'", "f4", _CODING,
             "Choose words of the record as evidence for the answer.",
             needs=_OPEN, calls="pin_quote", word="quote"),
    _command("note", "note", ";", "f5", _CODING, "Write or change the note of this case.",
             needs=_OPEN, calls="set_note", word="note"),
    _command("defer", "defer", "-", "f6", (Where.CODING, Where.QUEUE),
             "Put the case off with a reason; it comes back at the end of the queue.",
             needs=(Need.OPEN_CODING, Need.NOT_DEFERRED), calls="defer", word="defer"),
    _command("resume", "resume", "-", "f6", (Where.CODING, Where.QUEUE),
             "Take up a case that was put off.",
             needs=(Need.DEFERRED,), calls="resume", word="resume"),
    _command("flag", "flag", "#", "f7", (Where.CODING, Where.QUEUE),
             "Ask the supervisor something about this case.",
             needs=(Need.CASES,), calls="raise_flag", word="flag"),
    _command("submit", "submit", "enter", "f10", _CODING,
             "Hand the case in when it is complete; before that, go to the first open question. "
             "On an answer from an earlier codebook: confirm it.",
             needs=_OPEN, calls="submit", word="submit"),
    _command("undo", "undo", "backspace", "f9", _CODING,
             "Take back the last answer, quote or note.",
             needs=_OPEN, calls="undo", word="undo"),
    _command("recall", "recall", "backspace", "f9", _CODING,
             "Take a case back that was handed in, to change it.",
             needs=(Need.SUBMITTED,), calls="recall", word="recall"),
    _command("define", "define", "=", "f11", (*_CODING, Where.QUOTE, Where.ADJUDICATION),
             "Show the whole definition of the question, with clear cases and near misses.",
             word="define"),
    _command("referral", "risk", "\\", "f8", _CODING,
             "Refer a live safeguarding risk to the supervisor at once; asks for y and Enter.",
             calls="refer_risk", word="risk"),
    _command("term_before", "term", "[", "shift+f2", (*_CODING, Where.ADJUDICATION),
             "Go to the key word before in the record."),
    _command("term_after", "term", "]", "shift+f3", (*_CODING, Where.ADJUDICATION),
             "Go to the next key word in the record."),
    _command("find", "find", "/", "f3", (*_CODING, Where.QUEUE),
             "Find words in the record, or a case in the queue.", word="find"),
    _command("redo", "redo", "shift+f9", "", _CODING,
             "Give back what the last undo took.", needs=_OPEN, calls="redo", word="redo"),
    _command("scroll_back", "record", "pageup", "shift+f7",
             (*_CODING, Where.QUOTE), "Scroll the record back."),
    _command("scroll_on", "record", "pagedown space", "shift+f8",
             (*_CODING, Where.QUOTE), "Scroll the record on."),
    _command("zoom", "zoom", "tab", "f2", _CODING,
             "Give the record the whole screen, and back.", needs=(Need.STACKED,)),
    _command("look", "show case", "enter", "f10", (Where.OVERVIEW,),
             "Show the record and the codings of the case, before anything is closed.",
             needs=(Need.ITEMS,), calls="case_for_supervisor"),
    _command("answer", "answer", ";", "f5", (Where.OVERVIEW, Where.CASE),
             "Answer the flag, or say what was done about the referral.",
             needs=(Need.ITEMS,), calls="answer_flag"),
    _command("return_case", "send back", "#", "f7", (Where.OVERVIEW, Where.CASE),
             "Send the case, once handed in, back to its coder with a question.",
             needs=(Need.CASES,), calls="return_case"),
    _command("decide", "decide", "'", "f4", (Where.CASE,),
             "Decide over the codings of the case; early or again with a reason.",
             needs=(Need.CASES,), calls="open_decision"),
    _command("look_up", "find case", "/", "f3", (Where.OVERVIEW,),
             "Show a case by its number.", calls="case_for_supervisor"),
    _command("check", "check", "enter", "f10", (Where.FRAME,),
             "Check the extract with these uses; where nothing is wrong, commit the frame.",
             needs=(Need.EXTRACT, Need.CHANGEABLE), calls="examine"),
    _command("extract", "extract", ";", "f5", (Where.FRAME,),
             "Name the extract.", needs=(Need.CHANGEABLE,), calls="examine"),
    _command("faults", "faults", "=", "f11", (Where.FRAME,),
             "List every fault with its places.", needs=(Need.EXTRACT,)),
    _command("only", "only", "-", "f6", (Where.FRAME,),
             "Keep only records with some values of the column stood on.",
             needs=(Need.EXTRACT, Need.CHANGEABLE)),
    _command("settings", "settings", "'", "f4", (Where.FRAME,),
             "Take the settings of the frame from a file.",
             needs=(Need.EXTRACT, Need.CHANGEABLE), calls="examine"),
    _command("told_apart", "told apart", "/", "f3", (Where.FRAME,),
             "Show how easily the records could be told apart.", needs=(Need.EXTRACT,)),
    _command("accept", "accept", "#", "f7", (Where.FRAME,),
             "Accept a kind of fault that may be accepted, with a reason.",
             needs=(Need.EXTRACT, Need.CHANGEABLE)),
    _command("waves", "waves", "\\", "f8", (Where.FRAME,),
             "Leave out the records that earlier waves drew, by lists of them.",
             needs=(Need.EXTRACT, Need.CHANGEABLE)),
    _command("blanks", "blanks", "!", "f9", (Where.FRAME,),
             "Name the stratum of records whose stratum value is blank.",
             needs=(Need.EXTRACT, Need.CHANGEABLE)),
    _command("commit_plan", "commit", "enter", "f10", (Where.PLAN,),
             "Commit the plan.", needs=(Need.PLANNED, Need.CHANGEABLE), calls="commit_plan"),
    _command("rates", "rates", ";", "f5", (Where.PLAN,),
             "Take the prevalence expected in each stratum from a file.",
             needs=(Need.CHANGEABLE,)),
    _command("all_strata", "all strata", "=", "f11", (Where.PLAN,),
             "Show what is drawn from every stratum, and all there is to know of the plan.",
             needs=(Need.PLANNED,)),
    _command("erase", "erase", "backspace", "f9", (Where.PLAN,),
             "Erase the last character of the line.", needs=(Need.CHANGEABLE,)),
    _command("edit", "type", "enter", "f5", (Where.DRAW,), "Fill in the line."),
    _command("draw", "draw", "f10", "", (Where.DRAW,), "Draw the sample.",
             needs=(Need.COMPLETE,), calls="draw"),
    _command("draw_record", "record", ";", "f5", (Where.SAMPLE,),
             "Write the page that a witness of the draw signs.", calls="write_draw_record"),
    _command("extend", "extend", "+", "f6", (Where.SAMPLE,),
             "Let the sample grow to a size, by the next ranks of its draw.",
             needs=(Need.GROWS,), calls="extend"),
    _command("replace", "replace", "-", "f3", (Where.SAMPLE,),
             "Let the case give way to the next of its stratum's reserve.",
             needs=(Need.REPLACES,), calls="replace"),
    _command("go_to_case", "find case", "/", "f2", (Where.SAMPLE,),
             "Go to a case by its number."),
    _command("take_in", "take in", "'", "f4", (Where.SAMPLE,),
             "Take a later extract into the frame of a rolling draw.",
             needs=(Need.LISTING,), calls="take_in"),
    _command("close_frame", "close", "#", "f7", (Where.SAMPLE,),
             "Close the frame of a rolling draw, which then takes nothing in.",
             needs=(Need.LISTING,), calls="close_frame"),
    _command("step_before", "step", "[", "shift+f2", _PATH, "Go to the step before."),
    _command("step_after", "step", "]", "shift+f3", _PATH, "Go to the step after."),
    _command("readings", "readings", "tab", "f2", (Where.FINDINGS,),
             "Show what 'multiple arrests' can mean, each reading with its figure.",
             needs=(Need.FIGURES,)),
    _command("reference", "reference", "/", "f3", (Where.FINDINGS,),
             "Show published figures of other studies, on a page of their own."),
    _command("agreement", "agreement", ";", "f5", (Where.FINDINGS,),
             "Show how far coders agree on the cases coded twice.", calls="agreement"),
    _command("corrected", "corrected", "-", "f6", (Where.FINDINGS,),
             "Show the headlines corrected for measured reading errors, on a page of their own.",
             calls="second_figures"),
    _command("take_look", "look", "'", "f4", (Where.FINDINGS,),
             "Take the look at provisional figures that the plan names.",
             needs=(Need.LOOKS,), calls="take_look"),
    _command("stop_coding", "stop", "#", "f7", (Where.FINDINGS,),
             "End coding where the rule of the plan stops.",
             needs=(Need.RULE,), calls="stop_coding"),
    _command("indicator_before", "indicator", ", up", "shift+f5", (Where.WAVES,),
             "Go to the indicator before."),
    _command("indicator_after", "indicator", ". down", "shift+f6", (Where.WAVES,),
             "Go to the next indicator."),
    _command("waves_table", "figures", "tab", "f2", (Where.WAVES,),
             "Show the figures of every wave, with each change."),
    _command("older", "older", ".", "shift+f6", (Where.LOG,), "Go to the page of older lines.",
             needs=(Need.SEVERAL_PAGES,), calls="log_page"),
    _command("newer", "newer", ",", "shift+f5", (Where.LOG,), "Go to the page of newer lines.",
             needs=(Need.SEVERAL_PAGES,), calls="log_page"),
    _command("scroll_up", "scroll", "pageup up", "shift+f7", (Where.LOG, Where.PAGE, Where.CASE),
             "Scroll up."),
    _command("scroll_down", "scroll", "pagedown space down", "shift+f8",
             (Where.LOG, Where.PAGE, Where.CASE), "Scroll down."),
    _command("page_above", "page", "pageup", "shift+f7",
             (*_BOARDS, Where.FRAME, Where.SAMPLE), "Go up by a page."),
    _command("page_below", "page", "pagedown space", "shift+f8",
             (*_BOARDS, Where.FRAME, Where.SAMPLE), "Go down by a page."),
    _command("codebook", "codebook", "=", "f11", (*_LISTS, Where.CASE),
             "Show all questions with their definitions.", word="codebook"),
    _command("help", "help", "f1", "", Where, "Show what every key does here.", word="?"),
    _command("queue", "queue", "` escape", "f12", (*_CODING, Where.PAUSE),
             "Leave the case; everything is saved.", word="quit"),
    _command("back", "back", "` escape", "f12",
             (Where.FINDINGS, Where.LOG, Where.PAGE, Where.CASE, Where.ADJUDICATION, *_PATH,
              Where.SAMPLE),
             "Go back to the page before."),
)  # fmt: skip


def commands_of(where: Where, *, among: Iterable[Command] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands of a screen, the most used first."""
    return tuple(command for command in among if where in command.where)


def enabled_on(
    where: Where, has: frozenset[Need], *, among: Iterable[Command] = COMMANDS
) -> tuple[Command, ...]:
    """Return the commands of a screen that do something while ``has`` is so."""
    return tuple(command for command in commands_of(where, among=among) if command.needs <= has)


def command_for(
    key: str, *, where: Where, has: frozenset[Need], among: Iterable[Command] = COMMANDS
) -> Command | None:
    """Return the command that a key stands for, if there is one that does something.

    Args:
        key: A character, or the toolkit's name of a key without one.
        where: The screen.
        has: What is so on it.
        among: All commands, with the keys of this user.
    """
    wanted = SHIFTED.get(key, key)
    for command in enabled_on(where, has, among=among):
        if wanted in command.keys or wanted == command.f_key:
            return command
    return None


def command_by_word(word: str) -> Command | None:
    """Return the command of a word of plain mode."""
    return next((command for command in COMMANDS if command.word and command.word == word), None)


def key_table() -> str:
    """Return the README's table of keys as Markdown."""
    rows = ["| key | F key | on | does |", "|---|---|---|---|"]
    rows.append("| letter, digit | | coding | answer, save, go to the next open question |")
    for command in COMMANDS:
        keys = " ".join(f"`` {shown(key)} ``" if key == "`" else f"`{shown(key)}`"
                        for key in command.keys)  # fmt: skip
        places = "all" if len(command.where) == len(Where) else ", ".join(
            where.value for where in Where if where in command.where
        )  # fmt: skip
        f_key = f"`{shown(command.f_key)}`" if command.f_key else ""
        rows.append(f"| {keys.replace('|', chr(92) + '|')} | {f_key} | {places} | {command.help} |")
    return "\n".join(rows) + "\n"
