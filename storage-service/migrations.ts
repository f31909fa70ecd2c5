import { firstSteps } from './migrations/first-steps.ts'
import { helperSteps } from './migrations/helper-steps.ts'
import type { Migration } from './migrations/migration.ts'
import type { SqlDatabase } from './sqlite-driver.ts'
import { StorageError } from './storage-error.ts'

export const migrations: readonly Migration[] = [...firstSteps, ...helperSteps]
export const latestVersion = migrations.at(-1)?.version ?? 0

/** The version that a database file is at; 0 for a new one. */
export function versionOf(database: SqlDatabase): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
}

/**
 * Brings a database up to the latest step, each step whole or not at all. Throws DATABASE_TOO_NEW for a file that a
 * later Nexus has written, and leaves it untouched.
 */
export function migrate(database: SqlDatabase, steps: readonly Migration[] = migrations): void {
  const latest = steps.at(-1)?.version ?? 0
  const current = versionOf(database)
  if (current > latest) {
    throw new StorageError(
      'DATABASE_TOO_NEW',
      `The database was written by a later version of Nexus (format ${current}, this one knows ${latest})`,
    )
  }
  for (const step of steps) {
    if (step.version <= current) continue
    database.transaction(() => {
      database.execute(step.sql)
      database.execute(`PRAGMA user_version = ${step.version}`)
    })
  }
}
