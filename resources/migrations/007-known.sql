-- What an engine was asked, as a hash of the picture and the switches; and whose answer an attempt repeats: the same question is
-- not paid for twice.
ALTER TABLE attempt ADD COLUMN question TEXT;
ALTER TABLE attempt ADD COLUMN copied_from INTEGER;
CREATE INDEX attempt_question ON attempt (question) WHERE question IS NOT NULL AND copied_from IS NULL;

-- 1: what was read before this batch does not answer for its cards.
ALTER TABLE batch ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;

-- What the desk knows of a file or link, in whichever batch.
CREATE INDEX card_place ON card (location) WHERE location IS NOT NULL;
