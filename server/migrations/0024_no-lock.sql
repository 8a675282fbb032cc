-- Nobody is locked out by what others try: who guesses waits, by login and address, in the memory of the server.
alter table identity.account drop column failures, drop column locked_until;
