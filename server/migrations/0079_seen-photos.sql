-- What a desk looked at is what it applies: a photo that came is told by its digest, and none is added to an act that was shown.
alter table sync.photo add column digest text not null default '';
update sync.photo set digest = encode(sha256(convert_to(picture, 'UTF8')), 'hex') where picture is not null;
comment on column sync.photo.digest is 'SHA-256 of the picture as it came, sealed; empty until it has arrived.';
alter table sync.inbox add column shown_at timestamptz;
comment on column sync.inbox.shown_at is 'When a desk was first shown it; from then on no photo is added to it.';
