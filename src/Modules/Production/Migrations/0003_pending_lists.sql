-- The product's connections keep the lists short by themselves; an index' own limit would win over an import that lets it grow.
alter index production.ix_project_search reset (gin_pending_list_limit);
alter index production.ix_student_search reset (gin_pending_list_limit);
