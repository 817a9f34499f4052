"""What one party says the other did, by the offence group recorded."""

from __future__ import annotations

from typing import Final

ACTS: Final = {
    "violence with injury": (
        "punched {a_him} in the face during a row about {topic}",
        "threw {a_him} against the kitchen worktop",
        "hit {a_him} across the arm with a charging cable, leaving a weal",
        "kicked {a_him} in the leg and dragged {a_him} along the floor by the hair",
        "bit {a_him} on the forearm",
        "held {a_him} by the neck for some seconds until {a_he} could not shout",
        "stamped on {a_his} foot and then headbutted {a_him}",
        "threw a plate that cut {a_his} eyebrow",
    ),
    "violence without injury": (
        "pushed {a_him} onto the sofa and stood over {a_him}",
        "slapped {a_him} once when {a_he} asked about {topic}",
        "grabbed {a_him} by both wrists and would not let go",
        "spat at {a_him} in the hallway",
        "pulled {a_him} off the bed by the ankle",
        "shoved {a_him} out of the front door and shut it",
        "poured a drink over {a_him} and raised a fist to {a_him}",
        "blocked the door and pushed {a_him} back each time {a_he} tried to leave",
        "pulled {a_his} coat so hard that {a_he} fell, over {topic}",
    ),
    "harassment and stalking": (
        "has rung {a_him} over forty times since yesterday",
        "has been waiting outside {a_his} work three days running",
        "keeps making new accounts to message {a_him} after being blocked",
        "follows {a_him} from the station and comments on what {a_he} wears",
        "left a tracking tag in {a_his} bag",
        "will not stop messaging {a_him} about {topic} and says {b_he} knows where {a_he} is",
    ),
    "criminal damage": (
        "broke {a_his} phone against the wall in a row about {topic}",
        "kicked in the bathroom door",
        "put {a_his} television through the window",
        "scratched the side of {a_his} car with a key",
        "tore up {a_his} work clothes",
    ),
    "threats": (
        "said {b_he} would burn the place down with {a_him} in it",
        "sent a voice note saying {a_he} will end up in the river",
        "said {a_he} would not see the weekend if {a_he} told anyone about {topic}",
        "threatened to ring {a_his} employer with lies about {a_him}",
    ),
    "breach of an order": (
        "is at the door although the order says {b_he} must not come near",
        "has messaged {a_him} twice today in breach of the non-molestation order",
        "was waiting at the school gate, which the restraining order forbids",
    ),
    "theft": (
        "took {a_his} bank card from {a_his} purse and drew out the rent",
        "let {b_him}self in and took the games console and {a_his} passport",
        "took {a_his} phone out of {a_his} hand and walked off with it",
    ),
    "sexual offence": (
        "committed a sexual offence against {a_him}; details are in the restricted part",
        "did not stop when {a_he} said no; no further detail is to be put on this log",
    ),
    "none": (
        "has been shouting and swearing at {a_him} about {topic} and will not leave it",
        "checks {a_his} phone and asks where {a_he} has been each time {a_he} goes out",
        "called {a_him} names in front of the family and punched the sofa",
        "will not let {a_him} sleep, keeps coming back to {topic}",
        "keeps all the money and gives {a_him} a little for food",
        "turned up unasked and shouted through the letter box about {topic}",
        "threw {a_his} dinner in the bin and screamed at {a_him}",
    ),
}

COUNTER_ACTS_IN_PERSON: Final = (
    "slapped {b_him} first",
    "scratched {b_his} neck",
    "threw a mug at {b_him}",
    "kicked {b_him} in the shin before anything else happened",
    "hit {b_him} with a shoe",
    "has been hitting {b_him} for months",
    "came at {b_him} with a kitchen knife",
    "bit {b_his} hand",
    "smashed {b_his} phone with a pan",
    "punched {b_him} in the back of the head",
    "pushed {b_him} down the last few stairs",
    "poured hot tea on {b_his} arm",
    "pulled {b_him} backwards by the hood and tore it",
    "held a lighter to {b_his} sleeve",
)

COUNTER_ACTS_AT_A_DISTANCE: Final = (
    "has been sending {b_him} threats all week",
    "takes {b_his} wages and checks {b_his} phone",
    "came to {b_his} place last month and slapped {b_him}",
    "locked {b_him} out and cut up {b_his} clothes",
    "rings {b_his} work every day to get {b_him} sacked",
    "put a brick through {b_his} car window on a visit",
    "threatened to have {b_him} beaten up",
)

AT_A_DISTANCE: Final = frozenset({"harassment and stalking", "threats", "theft", "none"})
"""Offence groups where the two need not have met."""

OFFENCES: Final = {
    "violence with injury": ("actual bodily harm", "assault with injury", "ABH"),
    "violence without injury": ("common assault", "assault by beating", "common assault"),
    "harassment and stalking": ("harassment", "stalking", "harassment without violence"),
    "criminal damage": ("criminal damage",),
    "threats": ("threats to kill", "malicious communications"),
    "breach of an order": ("breach of the order",),
    "theft": ("theft",),
    "sexual offence": ("a sexual offence",),
    "none": ("breach of the peace",),
}

INJURIES: Final = {
    "violence with injury": (
        "{a} has a swollen cheek and a cut to the lip.",
        "Bruising already showing on {a_his} arm, photographed.",
        "{a} treated by ambulance crew, no hospital.",
        "Redness and a graze seen on {a}, recorded on body-worn video.",
        "",
    ),
    "violence without injury": (
        "No visible injury.",
        "{a} complains of a sore wrist, nothing to see.",
        "",
        "",
    ),
    "criminal damage": ("Damage seen and photographed.", "Damage as described.", ""),
    "harassment and stalking": ("Screenshots taken from {a_his} phone.", ""),
    "threats": ("Voice note played to officers.", "Messages seen on {a_his} phone.", ""),
}

TOPICS: Final = (
    "money",
    "a message on a phone",
    "the rent",
    "the car keys",
    "drinking",
    "{b_his} mother",
    "who pays for what",
    "a night out",
    "the heating",
    "a lost set of keys",
)
TOPICS_WITH_CHILDREN: Final = (
    "who has the children at the weekend",
    "bedtime",
    "the school run",
    "child maintenance",
)
