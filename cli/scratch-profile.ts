import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { controlSocketPath, replayMarkerName } from '../contracts/control-path.ts'
import { type StartInstance, startHeadlessInstance } from './instance.ts'
import { connectSession, type Session } from './session.ts'

/** An empty profile that nobody lives in, and the browser that uses it. Disposing deletes the profile. */
export interface ScratchProfile extends AsyncDisposable {
  readonly connect: () => Promise<Session | null>
  readonly startInstance: StartInstance
}

/** Makes one in the folder for temporary files, marked as a place where recorded calls may write and delete. */
export async function createScratchProfile(): Promise<ScratchProfile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-replay-'))
  await writeFile(path.join(folder, replayMarkerName), 'Made by "nexus replay"; may be deleted.\n')
  return {
    connect: () => connectSession(controlSocketPath(folder)),
    startInstance: () => startHeadlessInstance(folder),
    // The engine may still be writing its last files.
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}
