-- Where a building stood is kept as any change is, and can be taken back.
alter table registry.change drop constraint change_what_known;
alter table registry.change add constraint change_what_known
  check (what in ('create', 'edit', 'confirm', 'link', 'unlink', 'merge', 'unmerge', 'undo', 'move', 'gone', 'left', 'came-back', 'deleted', 'closed', 'reopened', 'placed'));
