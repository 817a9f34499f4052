"""Writes commands of three events and one case for ever; prints their hashes once stored."""

from __future__ import annotations

import sys
from pathlib import Path

from dipsample.ledger import GENESIS, Draft, Head, seal
from dipsample.store import case_material, open_store
from dipsample.surroundings import SystemEntropy

path, stream = Path(sys.argv[1]), sys.argv[2]
store = open_store(path, passphrase=None)
entropy = SystemEntropy()
head = next((head for head in store.heads() if head.stream == stream), Head(stream, 0, GENESIS))
drafts = [Draft("AnswerSet", "C-0001", {"v": 1, "new": "yes"})] * 3
while True:
    sealed = seal(drafts, stream=stream, head=head, time="2025-03-31T09:00:00Z", entropy=entropy)
    case = case_material(f"{stream}-{head.seq}", "r", kept={}, record={"text": "made up"})
    store.append(stream, head.seq, sealed, cases=[case])
    print("\n".join(event.hash for event in sealed), flush=True)
    head = Head(stream, sealed[-1].seq, sealed[-1].hash)
