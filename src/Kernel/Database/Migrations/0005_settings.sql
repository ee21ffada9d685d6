-- What a workspace chose: its own name and zone beside one object for each module, guarded by a version.
alter table kernel.tenant add column settings jsonb not null default '{}', add column version integer not null default 1;
-- Remembered access decisions carry the workspace's zone.
drop trigger tenant_touch_sessions on kernel.tenant;
create trigger tenant_touch_sessions after update of status, modules, time_zone on kernel.tenant for each row execute function kernel.touch_sessions_of_tenant();

-- The pause after a booking is part of its period, so that the exclusion constraint keeps it; how long it is tells the real end.
alter table kernel.booking add column buffer_minutes integer not null default 0 constraint ck_booking_buffer_minutes check (buffer_minutes >= 0);
