-- A photo for a badge that somebody else took (W5): kept sealed until he whose it is agrees, and no longer than two weeks.
create table identity.badge_photo_offer (
  account_id uuid not null,
  photo_sealed text not null,
  by_account uuid not null,
  by_name text not null,
  offered_at timestamptz not null,
  constraint badge_photo_offer_pk primary key (account_id),
  constraint badge_photo_offer_account foreign key (account_id) references identity.account (id),
  constraint badge_photo_offer_by foreign key (by_account) references identity.account (id),
  constraint badge_photo_offer_by_another check (by_account <> account_id)
);
comment on table identity.badge_photo_offer is 'A photo of whoever serves, taken by an administrator or the desk, sealed, until he says on his own screen whether it may be used. It goes with his answer, after two weeks, when his account closes and with his last post.';
create index badge_photo_offer_by on identity.badge_photo_offer (by_account);
