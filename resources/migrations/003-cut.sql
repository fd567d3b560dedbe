-- The picture that the engine was asked about, where a person cut it out of the original.
ALTER TABLE attempt ADD COLUMN picture_asked TEXT;
