-- What a short name stands for (以下简称《意见》) where it is used later; and what kind of quantity a target sets.
ALTER TABLE citations ADD COLUMN full_title TEXT;
ALTER TABLE targets ADD COLUMN quantity TEXT;
