-- An article says whose the matter is (T4); of articles from before nobody said so.
alter table library.article add column owner text not null default '';
comment on column library.article.owner is 'Whose the matter is, and who keeps the article true.';
