"""How a record ends, and the records that have no proper beginning or end."""

from __future__ import annotations

from typing import Final

RISK: Final = (
    "DASH done with {a}, {grade}.",
    "DARA completed, graded {grade}.",
    "Risk assessed as {grade}, safety advice given to {a}.",
    "Risk {grade}. {a} referred to an independent adviser.",
    "{a} graded {grade} risk; consent to share information given.",
)
RISK_NOT_GRADED: Final = (
    "{a} declines the risk questions.",
    "Risk form not found.",
)
DECISION: Final = {
    "1": (
        "{b} charged with {offence}, remanded to the next court.",
        "CPS authorise a charge of {offence} against {b}; bailed with conditions.",
    ),
    "8": ("Community resolution with {b}: written apology, {a} agrees. Closed.",),
    "14": (
        "{a} does not confirm an offence and does not support action. Outcome 14.",
        "Closed, outcome 14: {a} declines to give a statement.",
    ),
    "15": (
        "{a} supports, but the evidence falls short. No further action, outcome 15.",
        "Outcome 15. No witness, nothing on camera.",
        "Not enough for a charge, filed 15.",
    ),
    "16": (
        "{a} no longer supports the case. Evidence-led prosecution considered, NFA, outcome 16.",
        "Outcome 16, {a} has withdrawn.",
        "{a} signs a retraction. Filed, outcome 16.",
        "Filed 16 after a last call to {a}.",
        "No further action: {a} does not wish to go to court (16).",
    ),
    "open": ("Investigation goes on; no decision at the time of this print.", "Still open."),
    "not_applicable": (
        "Log closed.",
        "Closed, no further police action.",
        "Resulted as non-crime domestic. Closed.",
        "Nothing further for police. Closed.",
        "Supervisor closes the log.",
    ),
}
SAFE_ENDING: Final = (
    "",
    "",
    "",
    "Safety plan agreed with {a}.",
    "{a} staying with family, alarm fitted.",
    "{a} told of the outcome by phone, knows whom to ring.",
)
RISK_UNMANAGED: Final = (
    "{a} rings back: {b} has a key, is outside and says tonight it will be finished. Call closed "
    "as 'same matter', no unit sent, no safety plan on file.",
    "Message from {a} that {b} is on the way with a knife. Left for the officer in the case, who "
    "is on leave. No action shown.",
    "{a} says on the phone that {a_he} cannot go on and has nowhere to be tonight. No welfare "
    "check, no referral is recorded.",
)
MISSING: Final = (
    "",
    "Reference reserved. No entries follow.",
    "[no text held for this reference]",
)
RESTRICTED: Final = (
    "Access to this record is restricted. Apply to the owning unit.",
    "RESTRICTED - not shown to this user group.",
)
DUPLICATE: Final = (
    "Opened in error for a call already logged; same people, same event. All entries are on the "
    "first reference of this incident.",
    "Duplicate of another reference in this extract. Use the other one.",
)
OUT_OF_SCOPE: Final = (
    "{a} and {b} share a rented house and nothing else. Row over washing-up; {a} says {b} pushed "
    "{a_him}. Not related, never a couple. Domestic tag left on in error.",
    "{a} and {b} are both 14 and in the same class. {a} says {b}, whom {a_he} used to go out with, "
    "pushed {a_him} over at the bus stop. Passed to the schools team.",
    "{a} asks for help to get {a_his} belongings from a former landlord, {b}. Civil matter.",
    "{a} reports {a_his} {kin} {b} missing. Found well an hour later. No conduct complained of.",
    "Parking dispute between neighbours {a} and {b}. Coded as domestic by mistake.",
)
SCOPE_UNCLEAR: Final = (
    "{a} says {b} hit {a_him}. What {b} is to {a} is not said and neither can be reached again.",
    "Third-hand report of a row between {a} and {b} in a shared house. Ages and relation unknown.",
)
CUT_OFF: Final = (
    "Second unit asked to stand by. Parties are being spo",
    "First account taken from {a} alone, who goes on to say that",
    "Sergeant informed. At this point",
    "Officers remain on scene and",
)
POINTER: Final = (
    "See linked report for all further action. [link does not open]",
    "Rest of the log is held on the other system and was not brought over.",
    "Transferred to the safeguarding team; entries from here on are in their own records.",
)
ODD_STARTS: Final = (
    "=NEW LOG= ",
    "[red]URGENT[/red] ",
    "+1 unit asked for, ",
    '"Domestic, ongoing", grade I; ',
    "@control: ",
    "-- copied from the old system -- ",
    "{{grade: immediate}} ",
    "\u201cMarker on address\u201d \u2013 ",
    "<b>DA</b>; ",
    "'--; ",
)
