import { protocol } from 'electron'

/** Must run before `ready`, once, for the whole application; the cases are in protocol.ts. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'fixture', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    { scheme: 'bare', privileges: { standard: true, secure: true } },
  ])
}
