-- Every table says what it holds; a test of the catalogue sees to it.
comment on table identity.role is 'Roles as data: what they are called, of which kind they are, and whether they take a second factor.';
comment on table identity.role_duty is 'The duties a role grants; a post has those of its role and no others.';
comment on table identity.department is 'Departments that handle what the grid cannot, each at the place it answers for.';
comment on table identity.account is 'Who may sign in, a person or a machine. Passwords are kept as argon2 only.';
comment on table identity.posting is 'A role at a place, from and to a day, held by an account. Rights come from here and nowhere else.';
comment on table identity.session is 'Sessions that are open, by a digest of their secret.';
comment on table events.calendar_day is 'Holidays and swap days that differ from the week, as published for each year.';
comment on table events.office_hours is 'When the offices of a county are open: what an hour of work is counted in.';
comment on table events.event is 'One event with its life: the columns that are searched, and the core the rules judge by.';
comment on table events.evidence is 'Photos and files of events, with the digest of what they hold; the bytes lie beside the database.';
comment on table events.notice_read is 'Which notices an account has read.';
comment on table events.saved_view is 'Filters of the work list that an account keeps under a name.';
comment on table events.model is 'What the suggestions of a county have learnt from letters, a row a kind.';
comment on table visits.campaign is 'A time-boxed set of tasks over chosen households or places, always for a matter in force.';
comment on table worklog.addition is 'What a grid worker added by hand to the week that writes itself.';
