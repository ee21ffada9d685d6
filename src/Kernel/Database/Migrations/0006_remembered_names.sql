-- Writes go on with a remembered decision once its stamp is confirmed, and sign changes with the name in it.
drop trigger users_touch_sessions on kernel.users;
create trigger users_touch_sessions after update of role, active, deleted_at, full_name, email on kernel.users for each row execute function kernel.touch_sessions_of_user();
