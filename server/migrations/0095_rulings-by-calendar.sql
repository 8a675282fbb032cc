-- A ruling has a working day by the county's calendar, not the natural day that 0084 gave to what was asked before it: the
-- clock of events reads the calendar, and is called to each of them at once.
update events.event
set next_alarm_at = least(next_alarm_at, now())
where status = 'ruling';
