-- What makes a grid work beside its heads (G4), as a county weighs it from a day on. Until it does, the ready weights hold.
create table places.load_weight (
  county_code char(6) not null,
  valid_from date not null,
  person real not null,
  rental real not null,
  unit real not null,
  dispute real not null,
  km2 real not null,
  source text not null,
  constraint load_weight_pk primary key (county_code, valid_from),
  constraint load_weight_positive check (person >= 0 and rental >= 0 and unit >= 0 and dispute >= 0 and km2 >= 0)
);
comment on table places.load_weight is 'What a person, a rented house, a firm, a dispute of a year and a square kilometre weigh in persons (domain/src/places/load.ts).';
