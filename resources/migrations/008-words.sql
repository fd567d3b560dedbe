-- What is stored under a word that the desk no longer uses: doubts about a card like another one, the picture that a doubt is
-- about, and the columns of the grid. In JSON a quotation mark of a text is escaped: none of this is found inside one.
UPDATE card SET
  doubts = replace(replace(doubts, '"name":"twin', '"name":"duplicate'), '"piece":', '"picture":'),
  top_doubt = CASE WHEN top_doubt LIKE 'twin%' THEN 'duplicate' || substr(top_doubt, 5) ELSE top_doubt END
  WHERE doubts <> '[]';
UPDATE edit SET
  cards = replace(replace(cards, '"name":"twin', '"name":"duplicate'), '"piece":', '"picture":')
  WHERE cards LIKE '%"doubts"%';
UPDATE setting SET value =
  replace(replace(replace(replace(replace(replace(replace(value,
    '"twinNumber', '"duplicateNumber'),
    '"twinPicture', '"duplicatePicture'),
    '"name":"file"', '"name":"name"'),
    '"name":"number"', '"name":"cardNumber"'),
    '"name":"bank"', '"name":"bankInfo"'),
    '"name":"type"', '"name":"cardType"'),
    '"name":"expiry"', '"name":"validDate"')
  WHERE name IN ('settings', 'doubts.policy');
