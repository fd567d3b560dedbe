-- What makes a card doubtful, weightiest first (JSON), the first of them, and the sum of their weights.
ALTER TABLE card ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE card ADD COLUMN top_doubt TEXT;
ALTER TABLE card ADD COLUMN score INTEGER;
-- due, right or wrong: drawn for a quality check, and what it found.
ALTER TABLE card ADD COLUMN sample TEXT;
ALTER TABLE card ADD COLUMN assigned_to TEXT;
ALTER TABLE card ADD COLUMN note TEXT;

-- The default order, the twins of a number, and the counts of a batch, without reading whole rows.
CREATE INDEX card_score ON card (score DESC, id);
CREATE INDEX card_number ON card (card_number) WHERE card_number IS NOT NULL;
CREATE INDEX card_batch ON card (batch_id, state);
CREATE INDEX card_sample ON card (sample, state) WHERE sample IS NOT NULL;

CREATE INDEX edit_who ON edit (who, undone, id);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  -- scrypt with its salt and cost; never the PIN.
  pin_hash TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  failures INTEGER NOT NULL DEFAULT 0,
  wait_until INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One line for each card that was decided or checked, for the report.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  edit_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  card_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  about TEXT,
  by_rule INTEGER NOT NULL,
  corrected TEXT NOT NULL,
  keys INTEGER,
  duration_ms INTEGER,
  -- Its edit was taken back.
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX decision_batch ON decision (batch_id, at);
CREATE INDEX decision_edit ON decision (edit_id);
