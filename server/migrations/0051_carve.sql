-- A grid may open out of others, or on land of nobody, as an order too.
alter table places.net_order
  drop constraint net_order_kind_known,
  add constraint net_order_kind_known check (kind in ('border', 'split', 'merge', 'close', 'carve'));
