-- What is sorted most, read in its order instead of being sorted: by number, name, bank, type and expiry, each with what the tabs
-- and batches ask for, so that no whole row is read. Another index by number is then one too many.
DROP INDEX card_number;
CREATE INDEX card_by_number ON card (card_number, id, state, batch_id);
CREATE INDEX card_by_name ON card (name COLLATE NOCASE, id, state, batch_id);
CREATE INDEX card_by_bank ON card (bank_info, id, state, batch_id);
CREATE INDEX card_by_type ON card (card_type, id, state, batch_id);
CREATE INDEX card_by_expiry ON card (substr(valid_date, 4) || substr(valid_date, 1, 2), id, state, batch_id);
