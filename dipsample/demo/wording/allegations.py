"""The account of Party B: an allegation against Party A, or something that falls short of one."""

from __future__ import annotations

from typing import Final

COUNTER: Final = {
    "in_call": (
        "In the background of the call {b} is heard: {a} {counter}.",
        "{b} takes the phone and tells the operator that {a} {counter}.",
        "Second call two minutes later, from {b}: says that {a} {counter}.",
    ),
    "at_scene": (
        "{b}, spoken to apart, says that {a} {counter}.",
        "{b} on body-worn video alleges that {a} {counter} and wants it written down.",
        "{b} says it was the other way round: {a} {counter}.",
        "Account of {b}: {a} {counter}, and {b_he} only held {a_him} off.",
        '{b} to officers: "Ask {a_him} too", then says that {a} {counter}.',
    ),
    "custody_or_interview": (
        "In interview {b} says that {a} {counter}. Nothing of this was said before.",
        "Interview note: {b} denies starting it, {a} {counter} and {b_he} only pushed {a_him} "
        "away.",
        "Prepared statement read by the solicitor: according to {b}, {a} {counter}. Then no "
        "comment.",
        "Interview. {b} admits being there; says for the first time that {a} {counter}.",
    ),
    "later_before_decision": (
        "{b} comes to the front counter and gives a statement that {a} {counter}.",
        "{b} rings the officer in the case to report that {a} {counter}.",
        "Solicitor for {b} writes: {b} now alleges that {a} {counter}.",
    ),
    "after_decision": (
        "After the decision {b} rings to complain that {a} {counter} and that nobody asked.",
        "With the case closed, {b} makes a report that {a} {counter}.",
    ),
    "cannot_determine": (
        "An undated sheet is filed at the back: {b} alleges that {a} {counter}.",
        "The risk form mentions that {b} alleges {a} {counter}; no date, no author.",
    ),
}
COUNTER_RECORDED: Final = {
    "separate_crime": (
        "Second crime report raised for this, {b} as victim and {a} as suspect.",
        "A crime report of its own follows: VIC {b} / SUS {a}.",
        "Separately crimed, with {b} as the victim.",
    ),
    "same_crime_report": (
        "This is added to the one crime report, both shown as victim and suspect.",
        "The existing report is amended to show {a} as suspect too; no second report.",
        "Same crime report used, roles doubled.",
    ),
    "incident_or_intel_only": (
        "An intelligence entry is made of it, no crime.",
        "Noted as an incident only; not crimed.",
    ),
    "free_text_only": (
        "No further question is put about it.",
        "Nothing is raised from this.",
        "It is not mentioned again.",
        "No crime, incident or intelligence entry is made of it.",
    ),
    "crimed_then_cancelled": (
        "Second crime report raised with {b} as victim, cancelled by the review desk as a "
        "duplicate.",
        "Crimed separately, later cancelled: 'counter claim, see first report'.",
    ),
    "cannot_determine": (
        "'Further report to follow'; whether it did is not shown.",
        "How this was recorded cannot be seen, the next page is missing.",
    ),
}
NO_COUNTER_AT_SCENE: Final = (
    "{b} denies it.",
    "{b} says nothing happened.",
    "{b} calm, says it was only words.",
    "{b} says {a} makes things up and should see a doctor.",
    "{b} blames drink, says sorry to officers.",
    "{b} refuses to speak.",
    "{b} says it is {a_his} fault for going on about {topic}.",
    "Officer notes that {a} may have pushed back; {b} does not say so.",
)
NO_COUNTER_IN_INTERVIEW: Final = (
    "Interview of {b}: no comment throughout.",
    "In interview {b} denies the allegation and says nothing against {a}.",
    "{b} interviewed, full denial. Asked whether {a} did anything to {b_him}, answers no.",
    "{b} admits it in interview.",
    "{b} says in interview that {a} is lying because of {topic}.",
    "Interview: {b} gives a prepared statement, a bare denial.",
)
SAME_IN_INTERVIEW: Final = (
    "In interview {b} says the same as before.",
    "{b} interviewed: keeps to the account already given.",
    "Interview: no comment, save that the first account stands.",
)
INTERVIEW_NOTE_MISSING: Final = (
    "{b} interviewed, about forty minutes. Note of interview not on the file.",
    "Interview held. A line in the closing report speaks of 'claims on both sides'; the note "
    "itself is not attached.",
    "Interview of {b}: see media. No summary has been made.",
)
NO_COUNTER_AT_ALL: Final = (
    "Closing report: accounts of all parties seen; {b} makes no allegation against {a} at any "
    "stage.",
    "Summary of accounts on the closing report: {b} denies, and alleges nothing.",
)
ASSESSMENT: Final = {
    "yes_with_reasons": (
        "Supervisor: {p} is assessed as the primary perpetrator, given {number} earlier reports "
        "about {p_him} and what was seen at the scene.",
        "Primary perpetrator considered to be {p}: pattern of control over two years, the other "
        "party's use of force was in response.",
        "Review: history checked for both, more and worse against {q}; primary perpetrator {p}.",
    ),
    "yes_no_reasons": (
        "Primary perpetrator: {p}.",
        "Supervisor records {p} as the primary perpetrator.",
        "Officer in the case believes {p} to be the primary perpetrator.",
    ),
    "reasons_no_conclusion": (
        "Supervisor sets out earlier reports on each side and the injuries of both, but does not "
        "say who is the primary perpetrator.",
        "Review weighs size, injuries and history; leaves open who the primary perpetrator is.",
    ),
    "no": (
        "",
        "",
        "No entry on who is the primary perpetrator.",
        "Supervisor's review covers timeliness only.",
    ),
    "cannot_determine": (
        "A supervisor's review of who the primary perpetrator is, is referred to; it is not on "
        "the file.",
    ),
}
