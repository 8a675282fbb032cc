-- How many links an account ended on a day: nobody empties the houses of a grid.
create index change_ended on registry.change (county_code, account_id, at) where what = 'unlink';
