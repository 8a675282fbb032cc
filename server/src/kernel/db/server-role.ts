/**
 * The role that the server works as: it reads and writes rows, changes no table, is no superuser, and of the journal it
 * may only add rows and give a row its number. The owner, who migrates, grants it what it needs after each migration.
 */
import pg from 'pg'

export const serverRole = 'fengge_server'

export interface GrantedRole {
  readonly name: string
  /** Where the role is made here; one of an installation's own database is made by whoever keeps that. */
  readonly password?: string
}

/** @param ownerUrl of whoever owns the tables */
export async function grantServer(ownerUrl: string, { name, password }: GrantedRole): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(20261127)')
    if (password !== undefined) await makeRole(client, name, password)
    await client.query(grantsFor(client.escapeLiteral(name)))
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function makeRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
  const verb = rowCount === 0 ? 'create' : 'alter'
  const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
  await client.query(
    `${verb} role ${client.escapeIdentifier(name)} ${rights} password ${client.escapeLiteral(password)}`,
  )
}

/** What of the schema of jobs is not the server's own yet: pg-boss makes and changes its tables by itself. */
const jobObjects = `
  select format('alter table jobs.%I owner to %I', c.relname, me) as change
  from pg_class c
  where c.relnamespace = 'jobs'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and pg_get_userbyid(c.relowner) <> me
  union all
  select format('alter table jobs.%I owner to %I', c.relname, me)
  from pg_class c
  where c.relnamespace = 'jobs'::regnamespace and c.relkind = 'r' and c.relispartition and pg_get_userbyid(c.relowner) <> me
  union all
  select format('alter function %s owner to %I', p.oid::regprocedure, me)
  from pg_proc p
  where p.pronamespace = 'jobs'::regnamespace and pg_get_userbyid(p.proowner) <> me
  union all
  select format('alter type jobs.%I owner to %I', t.typname, me)
  from pg_type t
  where t.typnamespace = 'jobs'::regnamespace and t.typtype = 'e' and pg_get_userbyid(t.typowner) <> me
`

const grantsFor = (role: string) => `
do $$
declare
  me constant text := ${role};
  place text;
  step text;
begin
  for place in
    select nspname from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'jobs')
  loop
    execute format('grant usage on schema %I to %I', place, me);
    execute format('grant select, insert, update, delete on all tables in schema %I to %I', place, me);
    execute format('grant usage, select on all sequences in schema %I to %I', place, me);
    if current_setting('server_version_num')::int >= 170000 then
      execute format('grant maintain on all tables in schema %I to %I', place, me);
    end if;
  end loop;
  execute format('revoke update, delete, truncate on all tables in schema audit from %I', me);
  execute format('grant update (seq, chain) on audit.journal to %I', me);
  execute format('grant usage on schema public to %I', me);
  execute format('grant select on public.migration to %I', me);
  create schema if not exists jobs;
  execute format('grant usage, create on schema jobs to %I', me);
  for step in ${jobObjects} loop
    execute step;
  end loop;
end $$;
`

/** What a role may do beyond what the server needs; nothing, where all is as it should be. */
export async function excessOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ what: string }>(`
      select what
      from (values
        ('is a superuser', (select rolsuper from pg_roles where rolname = current_user)),
        ('may make roles or databases', (select rolcreaterole or rolcreatedb from pg_roles where rolname = current_user)),
        ('owns the journal', pg_has_role(current_user, (select relowner from pg_class where oid = 'audit.journal'::regclass), 'usage')),
        ('may change the journal', has_table_privilege('audit.journal', 'update')),
        ('may delete from the journal', has_table_privilege('audit.journal', 'delete')),
        ('may empty the journal', has_table_privilege('audit.journal', 'truncate'))
      ) as right_of(what, has)
      where has
    `)
    return rows.map((r) => r.what)
  } finally {
    await client.end()
  }
}
