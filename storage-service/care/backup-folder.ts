import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '../../contracts/storage-care.ts'
import { timestamp } from '../opening/files.ts'

/** Copies of each kind that are kept: the latest, and the one before it. */
const kept = 2
const namePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-v(\d+)-(migration|periodic|asked)\.sqlite$/

/** Copies of a database beside it. Only what was checked and found sound has a name of these; the rest is leftovers. */
export class BackupFolder {
  readonly folder: string

  constructor(databaseFile: string) {
    this.folder = `${databaseFile}.backups`
  }

  /** Latest first. */
  list(): Backup[] {
    if (!existsSync(this.folder)) return []
    return readdirSync(this.folder)
      .flatMap(name => this.#backupOf(name) ?? [])
      .sort((a, b) => b.at - a.at || b.version - a.version)
  }

  /** Where a copy is made, and where it is put when it is sound. */
  place(
    at: number,
    version: number,
    reason: Backup['reason'],
  ): { readonly partial: string; readonly file: string } {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const name = `${timestamp(at)}-v${version}-${reason}.sqlite`
    return { partial: join(this.folder, `${name}.partial`), file: join(this.folder, name) }
  }

  get(file: string): Backup | null {
    return this.list().find(backup => backup.file === file) ?? null
  }

  /** Removes the older ones, and what was left half done. */
  rotate(): void {
    const backups = this.list()
    const isOld = (backup: Backup): boolean => {
      const isMigration = backup.reason === 'migration'
      return backups.filter(one => (one.reason === 'migration') === isMigration).indexOf(backup) >= kept
    }
    for (const backup of backups.filter(isOld)) rmSync(backup.file, { force: true })
    this.#removeUnless(name => namePattern.test(name))
  }

  /** Removes all: they hold what was deleted since. */
  clear(): void {
    this.#removeUnless(() => false)
  }

  #removeUnless(isKept: (name: string) => boolean): void {
    if (!existsSync(this.folder)) return
    for (const name of readdirSync(this.folder)) {
      if (!isKept(name)) rmSync(join(this.folder, name), { recursive: true, force: true })
    }
  }

  #backupOf(name: string): Backup | null {
    const parts = namePattern.exec(name)
    if (parts === null) return null
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, version = 0] = parts
      .slice(1, 8)
      .map(Number)
    const reason = parts[8]
    if (reason !== 'migration' && reason !== 'periodic' && reason !== 'asked') return null
    const file = join(this.folder, name)
    const { size } = statSync(file)
    return { file, at: Date.UTC(year, month - 1, day, hour, minute, second), bytes: size, version, reason }
  }
}
