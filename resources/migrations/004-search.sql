-- What is asked for most (the default order, states, a batch, the search) without reading whole rows: these are ten times
-- as long, and each has to be decrypted.
DROP INDEX card_score;
CREATE INDEX card_score ON card (score DESC, id, state, batch_id, name, bank_info, card_number);
