-- One of several cards that lay on one picture, counted from 1: each has the picture's place and hash, and is a twin only of the
-- same piece of the same picture.
ALTER TABLE card ADD COLUMN piece INTEGER;
DROP INDEX card_location;
CREATE UNIQUE INDEX card_location ON card (batch_id, location, ifnull(piece, 1)) WHERE location IS NOT NULL;
