-- What was taken in together.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Folders whose content is not wholly listed yet: after a crash they are walked again.
CREATE TABLE intake_folder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  path TEXT NOT NULL
) STRICT;

CREATE TABLE card (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  name TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  -- The path or link it comes from; none for the clipboard.
  location TEXT,
  state TEXT NOT NULL,
  -- JSON: what the state carries.
  state_data TEXT NOT NULL,
  -- Epoch ms before which a queued card should not go to an engine.
  not_before INTEGER NOT NULL DEFAULT 0,
  card_number TEXT,
  bank_info TEXT,
  card_type TEXT,
  card_name TEXT,
  valid_date TEXT,
  -- JSON arrays.
  corrected TEXT NOT NULL DEFAULT '[]',
  warnings TEXT NOT NULL DEFAULT '[]',
  intake_notes TEXT NOT NULL DEFAULT '[]',
  quality INTEGER,
  engine TEXT,
  sha256 TEXT,
  byte_length INTEGER,
  picture_width INTEGER,
  picture_height INTEGER,
  -- Names of encrypted files: the bytes as they came, as they go to the engine, small, and the two crops.
  picture_source TEXT,
  picture_original TEXT,
  picture_thumb TEXT,
  picture_card TEXT,
  picture_number TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  taken_in_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_location ON card (batch_id, location) WHERE location IS NOT NULL;
CREATE INDEX card_state ON card (state, not_before, id);
CREATE INDEX card_sha256 ON card (sha256);

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL REFERENCES card (id),
  engine TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  outcome TEXT NOT NULL,
  request_id TEXT,
  error_code TEXT,
  message TEXT,
  http_status INTEGER,
  maybe_charged INTEGER NOT NULL DEFAULT 0,
  -- The answer as it came, without the pictures; and as it was understood.
  raw TEXT,
  fields TEXT,
  warnings TEXT,
  quality INTEGER,
  evidence TEXT,
  picture_card TEXT,
  picture_number TEXT
) STRICT;
CREATE INDEX attempt_card ON attempt (card_id);
CREATE INDEX attempt_open ON attempt (outcome) WHERE outcome = 'started';

-- What people did, so that it can be undone and done again.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  -- JSON: for each card its id, what was and what became of it.
  cards TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  card_id INTEGER,
  params TEXT NOT NULL
) STRICT;
CREATE INDEX audit_card ON audit (card_id);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
