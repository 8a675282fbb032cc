-- How many numbers and phones an account wrote down on a day: doubles are not to tell what it would have to ask for.
create index change_numbers on registry.change (county_code, account_id, at)
  where kind = 'person' and batch_id is null and fields ?| array['idNo', 'phone'];
