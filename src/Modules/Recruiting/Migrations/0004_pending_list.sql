-- The product's connections keep the list short by themselves; an index' own limit would win over an import that lets it grow.
alter index recruiting.ix_candidate_search reset (gin_pending_list_limit);
