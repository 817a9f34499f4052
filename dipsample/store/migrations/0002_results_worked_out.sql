-- Results that were worked out from the events and can be at any time again: no truth stands here.
CREATE TABLE worked_out (
  key TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
