import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageError } from '../storage-error.ts'

/** What SQLite keeps beside a database in write-ahead mode. */
const companions = ['-wal', '-shm'] as const

/** What was read and visited is nobody else's business. SQLite gives the files beside it the same rights. */
export function keepFromOthers(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const isReadOnly = code === 'EACCES' || code === 'EROFS' || code === 'EPERM'
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    throw new StorageError(
      isReadOnly ? 'DATABASE_READ_ONLY' : isFull ? 'DISK_FULL' : 'DATABASE_UNREACHABLE',
      `The file of the database cannot be written (${String(code)})`,
      error,
    )
  }
}

export function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new StorageError(
      'DATABASE_UNREACHABLE',
      `The folder of the database cannot be made: ${folder}`,
      cause,
    )
  }
}

/** Moves a database with its log, which belongs to it: left in place it would be played into another. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of ['', ...companions])
    if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix)
  syncFolder(dirname(to))
}

export function removeDatabase(file: string): void {
  for (const suffix of ['', ...companions, '-journal'])
    rmSync(file + suffix, { recursive: true, force: true })
}

/** Waits until what was written and renamed in a folder is on disk. */
export function syncFolder(folder: string): void {
  syncFile(folder)
}

export function syncFile(file: string): void {
  let opened: number | null = null
  try {
    opened = openSync(file, 'r')
    fsyncSync(opened)
  } catch {
    // Windows syncs no folders.
  } finally {
    if (opened !== null) closeSync(opened)
  }
}

/** For a file name: 20261120T101500Z. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

export function freeName(wanted: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? wanted : `${wanted}-${attempt}`
    if (!existsSync(name)) return name
  }
}
