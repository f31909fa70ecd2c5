import { writeSync } from 'node:fs'
import { app } from 'electron'

if (process.env.CONFORMANCE_USER_DATA) app.setPath('userData', process.env.CONFORMANCE_USER_DATA)

/** Tells the case something. Written synchronously, so that it survives whatever the application does next. */
export function report(name, value) {
  writeSync(1, `> ${JSON.stringify({ name, value })}\n`)
}

/** Reports each of these events of the application as it comes. */
export function reportEvents(...names) {
  for (const name of names) app.on(name, () => report(name))
}
