-- Requests for a forced close wait for somebody above the desk: few among many open events.
create index event_forced on events.event (county_code) where is_open and core -> 'forceClose' <> 'null'::jsonb;
