-- What was answered so far lay here in clear, first passwords and seeds of second factors among it, beside a digest of
-- what was asked that could be tried out. Both go. That a request was answered stays, so that nothing is done twice.
update kernel.request set reply = null, ask_hash = '' where ask_hash <> '';
comment on table kernel.request is 'Every accepted write by the id its sender gave it: a repeated send finds its first answer here, for seven days.';
comment on column kernel.request.ask_hash is 'A keyed digest of what was asked; empty for what was not asked by a request.';
comment on column kernel.request.reply is 'What was answered, sealed where it holds a secret; nothing after seven days.';

-- Seeds of second factors lay in that table too: whoever has one proves himself by it once more, and takes a new one.
alter table identity.account add column must_renew_factor boolean not null default false;
comment on column identity.account.must_renew_factor is 'The second factor lets in, but gives no rights before it is enrolled anew.';
update identity.account set must_renew_factor = true where totp_secret is not null;
delete from identity.session s using identity.account a where a.id = s.account_id and a.totp_secret is not null;
