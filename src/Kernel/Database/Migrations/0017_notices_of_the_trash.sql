-- That a record goes to the trash is told while it lies there.
alter table kernel.notification add column shown_in_trash boolean not null default false;
