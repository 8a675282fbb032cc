-- The photo of somebody who serves, for his badge (W5): with his consent alone, and no longer than he consents and serves.
create table identity.badge_photo (
  account_id uuid not null,
  photo_sealed text not null,
  consented_on date not null,
  saved_at timestamptz not null,
  constraint badge_photo_pk primary key (account_id),
  constraint badge_photo_account foreign key (account_id) references identity.account (id)
);
comment on table identity.badge_photo is 'One photo of whoever serves, sealed, with the day he consented. It goes when he takes the consent back, when his account closes and with his last post.';
