import { identifier, tableName } from './statements.ts'

// Any number will do that others are unlikely to lock; this one spells `chaveiro`.
const LOCK = '7163082368468218479'

/**
 * One statement, so that it is one transaction, behind a pooler too. The lock ends with it; without it two processes that
 * both see no table would both create one, and PostgreSQL fails the second even with IF NOT EXISTS. Looking first
 * needs no right to create anything, and causes no notice, which some clients print.
 */
export function migration(schema: string, table: string): string {
  const name = tableName(schema, table)
  const schemaName = identifier('schema', schema)
  return `DO $chaveiro$
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK});
  IF to_regnamespace('${schemaName}') IS NULL THEN
    CREATE SCHEMA ${schemaName};
  END IF;
  IF to_regclass('${name}') IS NULL THEN
    CREATE TABLE ${name} (
      key text COLLATE "C" PRIMARY KEY,
      version text NOT NULL,
      value text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now()
    );
  END IF;
  -- Later than the rest: a table from before has none.
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '${name}'::regclass AND attname = 'ends_at' AND NOT attisdropped) THEN
    ALTER TABLE ${name} ADD COLUMN ends_at timestamptz;
    -- Of those with an end, which are few.
    CREATE INDEX ON ${name} (ends_at) WHERE ends_at IS NOT NULL;
  END IF;
END
$chaveiro$`
}
