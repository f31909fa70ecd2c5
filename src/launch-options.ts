import { parseArgs } from 'node:util'
import { readWebAddress } from './tabs/omnibox-input.ts'

/** What the command that started Nexus asked for. */
export interface LaunchOptions {
  /** No window is shown; the command line speaks to this instance. */
  readonly isHeadless: boolean
  readonly urls: readonly string[]
}

/**
 * Reads the arguments after the application's path. Switches of the engine are not ours to judge, so unknown ones pass;
 * of the rest, what is an address is opened.
 */
export function readLaunchOptions(args: readonly string[]): LaunchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { headless: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  })
  const urls = positionals.map(readWebAddress).filter(url => url !== null)
  return { isHeadless: values.headless === true, urls }
}
