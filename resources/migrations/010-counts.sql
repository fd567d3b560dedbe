-- How many cards of a batch are in a state, kept by the database itself with each change: what is asked at every change must not
-- cost more the more cards there are.
CREATE TABLE card_count (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  state TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (batch_id, state)
) STRICT;
INSERT INTO card_count SELECT batch_id, state, count(*) FROM card GROUP BY batch_id, state;

CREATE TRIGGER card_counted_in AFTER INSERT ON card BEGIN
  INSERT INTO card_count VALUES (NEW.batch_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER card_counted_over AFTER UPDATE OF state, batch_id ON card
WHEN OLD.state <> NEW.state OR OLD.batch_id <> NEW.batch_id BEGIN
  UPDATE card_count SET n = n - 1 WHERE batch_id = OLD.batch_id AND state = OLD.state;
  INSERT INTO card_count VALUES (NEW.batch_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER card_counted_out AFTER DELETE ON card BEGIN
  UPDATE card_count SET n = n - 1 WHERE batch_id = OLD.batch_id AND state = OLD.state;
END;
