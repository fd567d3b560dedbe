-- What waits for an engine, by the engine that it names: cards that wait for one must not hide those that the other could read.
CREATE INDEX card_errand ON card (ifnull(state_data ->> 'engine', ''), not_before, id) WHERE state = 'queued';
