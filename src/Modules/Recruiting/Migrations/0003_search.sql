-- Every search reads the list of what was added since the index last took it in, once for each column: a short list keeps that cheap and writing still quick.
alter index recruiting.ix_candidate_search set (gin_pending_list_limit = 256);
