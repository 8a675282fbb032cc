-- Why a county asks for a field, in English too; empty where nobody wrote it.
alter table registry.field_rule add column purpose_en text not null default '';
comment on column registry.field_rule.purpose_en is 'What it is asked for, in English; empty where the county wrote it in Chinese alone.';
