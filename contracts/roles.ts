/**
 * The kinds of endpoint that speak to one another. Main gives an endpoint its role together with its port; no message
 * can claim another.
 */
export type Role =
  | 'controller'
  | 'chrome'
  | 'compositor'
  | 'tab'
  | 'ai'
  | 'storage'
  | 'network'
  | 'audio'
  | 'cli'

/** Narrows the free strings of `ipc/` to this application's roles, so that a misspelt caller does not compile. */
export function roles(...allowed: readonly Role[]): readonly Role[] {
  return allowed
}
