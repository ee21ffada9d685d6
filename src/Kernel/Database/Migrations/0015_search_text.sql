-- Text as a search compares it: without accents and case, ligatures and compatibility forms spelled out. The product spells it the same way
-- for what is searched for. Plain ASCII, which most text is, needs none of it.
create function kernel.folded_letters(t text) returns text language sql immutable parallel safe as $$
  select translate(replace(replace(replace(lower(regexp_replace(normalize(t, NFKD), '[\u0300-\u036F]', '', 'g') collate "und-x-icu"), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđħıŧς', 'oldhitσ')
$$;
create function kernel.folded_ascii(t text) returns text language sql immutable parallel safe as $$
  select lower(t collate "C")
$$;
create function kernel.folded(t text) returns text language sql immutable parallel safe as $$
  select case when octet_length(t) = length(t) then kernel.folded_ascii(t) else kernel.folded_letters(t) end
$$;

-- One index entry must fit into a third of a page: as much of each of up to three columns goes into a record's search text.
create function kernel.search_part(t text) returns text language sql immutable parallel safe as $$
  select left(kernel.folded(coalesce(t, '')), 200)
$$;

-- The search indexes that had lists of their own to be taken in are gone: a search reads its workspace's texts instead.
drop function kernel.empty_pending_lists(regclass);
