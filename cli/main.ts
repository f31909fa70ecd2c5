#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises'
import { controlSocketPath, defaultUserDataFolder } from '../contracts/control-path.ts'
import { startHeadlessInstance } from './instance.ts'
import { run } from './run.ts'
import { createScratchProfile } from './scratch-profile.ts'
import { connectSession } from './session.ts'

/** The command line: binds the commands to this terminal, this user and the real time. */
const userDataFolder = defaultUserDataFolder()
const socketPath = controlSocketPath(userDataFolder)
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
// `nexus ps | head` closes the pipe early; that is no error.
process.stdout.on('error', () => process.exit(0))

process.exitCode = await run(process.argv.slice(2), {
  print: text => void process.stdout.write(text),
  note: text => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 160,
  connect: () => connectSession(socketPath),
  startInstance: () => startHeadlessInstance(userDataFolder),
  createScratchProfile,
  // Under `npm run` this program does not start where the person stands.
  folder: process.env.NEXUS_CALLED_FROM ?? process.cwd(),
  sleep: (milliseconds, signal) =>
    sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {
      // Woken early.
    }),
  now: () => performance.now(),
  signal: interruption.signal,
})
