"""Who was arrested, when, and who was dealt with otherwise."""

from __future__ import annotations

from typing import Final

B_ARRESTED_AT_SCENE: Final = (
    "{b} is arrested on suspicion of {offence} and taken to custody.",
    "{b} arrested for {offence}, caution given, no reply.",
    "On what {a} has said {b} is arrested for {offence}.",
    "{b} detained in the front room and arrested, {offence}.",
    "{b} arrested. Grounds: {offence}. Necessity: to protect a vulnerable person.",
    "{b} under arrest, {offence}. Handcuffed to front, no injury.",
    "Arrest of {b} for {offence}; van to custody.",
)
B_ARRESTED_AFTERWARDS: Final = (
    "{b} stopped in the street and arrested for {offence}.",
    "{b} found at a friend's and arrested on suspicion of {offence}.",
    "{b} hands {b_him}self in at the station by arrangement and is arrested, {offence}.",
    "{b}, circulated as wanted, is arrested for {offence}.",
)
BOTH_ARRESTED_TOGETHER: Final = (
    "{b} and {a} are both arrested, {b} for {offence}, {a} for {offence_a}.",
    "Both arrested at the address: {b} ({offence}) and {a} ({offence_a}). Separate vans.",
    "Officers cannot say who started it. {a} and {b} arrested, each for what they are said to "
    "have done: {offence_a}; {offence}.",
)
BOTH_ARRESTED_NO_COUNTER: Final = (
    "Both are told to part and will not. {b} and {a} arrested to prevent a breach of the peace; "
    "{b} says nothing against {a}.",
    "{b} arrested for {offence}; {a} then kicks the officer holding {b} and is arrested for "
    "assaulting an emergency worker. {b} makes no complaint about {a}.",
)
A_ARRESTED_AFTER_ALLEGATION: Final = (
    "{a} is arrested for {offence_a} on {b}'s account.",
    "{a} arrested on suspicion of {offence_a}.",
    "On what {b} says, {a} is now arrested for {offence_a}.",
    "{a}, asked to come in, is arrested on arrival: {offence_a}.",
)
A_RELEASED: Final = (
    "{a} released, no further action against {a_him}.",
    "No further action on {a}.",
    "{a} told that no charge will be brought against {a_him}.",
)
A_ARRESTED_NO_COUNTER: Final = (
    "{a} pushes past officers, strikes one on the arm and is arrested for assaulting an "
    "emergency worker.",
    "{a} throws an officer's radio to the floor: arrested, criminal damage.",
    "{a}, drunk and shouting in the street, is arrested to prevent a breach of the peace.",
)
A_ARREST_UNDATED: Final = (
    "The closing report adds that {a} was arrested for {offence_a} as well; the second custody "
    "entry has no date or time.",
    "A second custody record exists, {a} arrested for {offence_a}. When is not shown.",
)
THIRD_ARRESTED: Final = (
    "{c}, a friend of {b}, pulls at an officer and is arrested for obstruction.",
    "{c}, {b_his} cousin, will not move from the doorway: arrested, obstructing police.",
    "{c}, who came with {b}, is arrested for affray.",
    "Also arrested: {c}, a brother of {b}, for criminal damage to the front door.",
)
ONLY_THIRD_ARRESTED: Final = (
    "{c}, a lodger who had joined in, throws a bottle at the wall beside the officers and is "
    "arrested for affray. Neither {a} nor {b} is arrested.",
    "{c}, who shares the place, spits at an officer and is arrested. No arrest of {a} or {b}.",
)
SOMEBODY_ARRESTED: Final = (
    "Log shows 'arrest(s) made', no names or number. Custody system not linked.",
    "Result code: arrest. Who, how many and when are not given; no custody record on the file.",
    "Officers report one or more detained and leave for custody. Custody part did not migrate.",
)
NOBODY_ARRESTED: Final = (
    "No arrest. Words of advice to both.",
    "No one arrested; {b} leaves for the night.",
    "Nobody is arrested. Necessity not made out.",
    "{b} agrees to stay elsewhere, no arrest made.",
    "Sergeant consulted: no grounds for arrest at this time.",
    "Parties separated by agreement. No arrest.",
    "{b} goes to a friend's. Arrest considered and not needed.",
    "No power to arrest on what is disclosed.",
)
NOBODY_ARRESTED_EITHER_SIDE: Final = (
    "No arrest of either.",
    "Neither {a} nor {b} is arrested.",
    "Dealt with without arrests.",
)
NOBODY_ARRESTED_YET: Final = (
    "No arrest; {b} to be invited for interview.",
    "Not arrested: a voluntary interview will do, says the sergeant.",
    "Necessity for arrest not met, {b} to attend by appointment.",
)
NOBODY_ARRESTED_B_GONE: Final = (
    "{b} gone on arrival and not arrested since.",
    "No arrest: {b} not there, arrest enquiries closed after two visits.",
    "{b} has left. Not arrested, {a} does not want it taken further.",
)
B_NOT_ARRESTED: Final = (
    "{b} not arrested.",
    "No arrest of {b}.",
    "{b} spoken to, not arrested.",
)
B_BAILED: Final = (
    "{b} bailed, not to contact {a}.",
    "Bail with conditions: {b} to stay away from {a} and the address.",
)
ARRESTED_AGAIN: Final = (
    "{b} comes back in breach of bail and is arrested again, entry made on this report.",
    "{a} rings: {b} at the window. {b} arrested for breach of the bail given here; second "
    "custody record, same reference.",
    "{b} fails to keep to the bail conditions of this case, arrested a second time.",
)
B_INTERVIEWED_VOLUNTARILY: Final = (
    "{b} attends by appointment and is interviewed under caution as a volunteer, not arrested.",
    "Voluntary attendance: {b} interviewed under caution with a solicitor.",
    "{b} interviewed under caution at home by consent. No arrest.",
)
A_INTERVIEWED_VOLUNTARILY: Final = (
    "{a} is asked in and interviewed under caution as a volunteer for {offence_a}. Not arrested.",
    "Voluntary interview under caution with {a} about {offence_a}.",
    "{a} attends with a solicitor and is interviewed under caution, leaves without arrest.",
)
NO_LINK: Final = (
    "No other log for these two in the week either side.",
    "Checks: nothing else between {a} and {b} within seven days.",
    "No linked incident.",
    "History check shows older reports only, none within a month.",
    "No other domestic between them that week.",
    "First report between the two.",
    "Nothing further recorded for this pair around the date.",
)
LINKED: Final = {
    "neither": (
        "Linked log {days} days earlier, same two people, no arrest on it.",
        "Another domestic between them {days} days later (own reference): nobody arrested.",
    ),
    "party_b": (
        "Linked: separate incident {days} days before, where {b} was arrested.",
        "{b} was arrested on another reference {days} days after this, same two people.",
    ),
    "party_a": (
        "Linked: separate incident {days} days before, where {a} was arrested and {b} was not.",
        "Another domestic {days} days later, own reference: {a} arrested on that one.",
    ),
    "both": (
        "Linked: separate incident {days} days before, both {a} and {b} arrested on it.",
        "Two linked references that week; {a} arrested on one, {b} on the other.",
    ),
    "cannot_determine": (
        "A linked reference that week is listed but does not open; arrests on it not known.",
    ),
}
