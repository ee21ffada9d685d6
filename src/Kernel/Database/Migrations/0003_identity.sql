-- Invitations are found by the address they were sent to; one at a time is open for an address.
alter table kernel.invitation add column email_key text not null;
create unique index ux_invitation_email on kernel.invitation (tenant_id, email_key) where deleted_at is null and accepted_at is null;
create index ix_invitation_created_at on kernel.invitation (tenant_id, created_at desc, id desc) where deleted_at is null;

-- The second factor: the secret is encrypted by the product, a step that was used is never accepted again.
alter table kernel.account add column two_factor_secret bytea;
alter table kernel.account add column two_factor_enabled_at timestamptz;
alter table kernel.account add column two_factor_last_step bigint;

create table kernel.recovery_code (
  account_id uuid not null constraint fk_recovery_code_account_id references kernel.account (id) on delete cascade,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint pk_recovery_code primary key (account_id, code_hash)
);

-- Who an identity provider says somebody is: its own name for them never changes, an e-mail address may.
create table kernel.external_login (
  issuer text not null,
  subject text not null,
  account_id uuid not null constraint fk_external_login_account_id references kernel.account (id) on delete cascade,
  created_at timestamptz not null,
  constraint pk_external_login primary key (issuer, subject)
);
create index ix_external_login_account_id on kernel.external_login (account_id);
