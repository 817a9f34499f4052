"""How a record begins: the call, who is recorded as what, what officers find."""

from __future__ import annotations

from typing import Final

CALL_FROM_A: Final = (
    "{a} on 999: {a_his} {kin} {b} {act}.",
    "{a} states that {a_his} {kin}, {b}, {act}.",
    "Caller {a}, upset and hard to follow, says {b} ({kin}) {act}.",
    "999 from {a}. Reports that {b}, {a_his} {kin}, {act}.",
    "Call from {a}: says {a_his} {kin} {b} {act}. Shouting heard behind.",
    "{a} rings from a locked bathroom. {b}, {kin}, {act}.",
    "Silent call, then {a} whispers that {a_his} {kin} {b} {act}.",
    "{a} calls to say {b} {act}. {b} is {a_his} {kin}.",
    "Call transferred from ambulance control. {a} says that {a_his} {kin} {b} {act}.",
)
REPORT_FROM_A: Final = (
    "{a} at the front counter: {a_his} {kin} {b} {act}.",
    "Online report by {a}, who writes that {a_his} {kin} {b} {act}.",
    "{a} comes in with a friend and reports that {b} ({kin}) {act}.",
    "Referral by a surgery, then call-back: {a} says {a_his} {kin} {b} {act}.",
)
CALL_FROM_THIRD: Final = (
    "{caller}, next door, rings about shouting and something breaking.",
    "{caller}, a neighbour, reports a disturbance: someone crying, doors slamming.",
    "{caller} (passer-by) saw two people pushing each other outside a block and one going in.",
    "Concierge {caller} asks for police to a flat, noise for about an hour.",
    "{caller}, a relative, has had a message asking for help and nothing since.",
)
A_SAYS_AT_SCENE: Final = (
    "{a} opens the door and says {a_his} {kin} {b} {act}.",
    "{a} spoken to in the kitchen: {a_his} {kin} {b} {act}.",
    "Account from {a} on body-worn video, that {b}, {a_his} {kin}, {act}.",
    "{a} says {b} ({kin}) {act}.",
)
A_SAYS_NOTHING: Final = (
    "{a} and {a_his} {kin} {b} both present. {a} says it was a row over {topic} and will not "
    "say more; {caller} insists that {b} {act}.",
    "{a} will not give an account. {caller} tells officers that {b}, {a_his} {kin}, {act}.",
)
A_REPEATS: Final = (
    "{a} gives the same account on body-worn video.",
    "First account from {a} as in the call.",
    "{a} repeats this and signs the pocket book.",
    "{a} seen alone; account unchanged.",
    "{a} gives a short statement.",
)
OFFICERS_ARRIVE: Final = (
    "Officers attend.",
    "Unit on scene.",
    "Police at address.",
    "Two officers on scene.",
    "Response team arrives.",
    "",
)
CRIME_RECORDED: Final = (
    "Crime report for {offence}: victim {a}, suspect {b}.",
    "Recorded as {offence}, {a} as victim and {b} as suspect.",
    "{offence_start} crimed. VIC {a} / SUS {b}.",
    "Crime report raised ({offence}); {a} is shown as the victim, {b} as the suspect.",
    "Report opened for {offence} with {b} as suspect against {a}.",
)
INCIDENT_RECORDED: Final = (
    "Non-crime domestic, {a} as victim, {b} as other party.",
    "No offence disclosed on the first account; non-crime domestic report with {a} as the person "
    "at risk from {b}.",
    "Recorded as a domestic incident, no crime. {a} victim, {b} suspect for the risk form.",
    "DA non-crime report. VIC {a} / SUS {b}.",
)
CHILDREN: Final = (
    "Children seen asleep upstairs.",
    "Two children present, spoken to, child referral sent.",
    "One child in the next room; referral made.",
    "The children were at a relative's.",
)
COLOUR: Final = (
    "Both had been drinking.",
    "Body-worn video on throughout.",
    "Flat tidy, no sign of disorder.",
    "Chair overturned in the front room.",
    "Dog shut in the kitchen.",
    "House-to-house: nobody heard anything.",
    "Ambulance stood down.",
)
INTERPRETER: Final = (
    "Telephone interpreter used with {a}.",
    "{a} spoken to through an interpreter by phone.",
    "Account taken with a language line interpreter; written one to follow.",
)
B_GONE: Final = (
    "{b} had left before police arrived.",
    "{b} not at the address.",
    "Area search for {b}, no trace.",
)
