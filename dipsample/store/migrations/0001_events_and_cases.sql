-- What a project is: one row, with its own hash.
CREATE TABLE project (
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The truth: events as the bytes they were first written as. The other columns are copies out of
-- the body, for the indexes; every read compares them with it.
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  id TEXT NOT NULL,
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_hash ON event (hash);
CREATE UNIQUE INDEX event_id ON event (id);
CREATE UNIQUE INDEX event_place ON event (stream, seq);

-- What reviewers read: the columns asked for of the drawn records only.
CREATE TABLE case_material (
  case_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_material_case ON case_material (case_id);

CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
CREATE TRIGGER project_is_not_changed BEFORE UPDATE ON project
BEGIN SELECT RAISE(ABORT, 'a project is never renamed'); END;
CREATE TRIGGER project_is_not_removed BEFORE DELETE ON project
BEGIN SELECT RAISE(ABORT, 'a project is never renamed'); END;
