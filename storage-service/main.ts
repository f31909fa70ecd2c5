import { isMainThread } from 'node:worker_threads'
import { inspectInThread } from './care/inspector-thread.ts'
import { runStorage } from './storage-process.ts'

/**
 * The storage process: opens the database named by `--database=<file>` and serves it to main. The thread that looks after
 * the file beside it begins here too, so that both are one program.
 */
if (isMainThread) await runStorage(new URL(import.meta.url))
else inspectInThread()
