import { isIP } from 'node:net'
import type { HostMapping } from '../../contracts/network.ts'

/**
 * Reads `NEXUS_HOSTS`, for tests and for developers of sites: `<address> <name>…` as in a hosts file, several of them
 * separated by semicolons or lines; `*.` before a name stands for every name below it. These names may lead to private
 * addresses. What is not understood is left out.
 */
export function readHostMappings(text: string): HostMapping[] {
  return text.split(/[;\n]/).flatMap(line => {
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (isIP(address) === 0) return []
    return names
      .filter(name => /^(\*\.)?[\w.-]{1,253}$/.test(name))
      .map(name => ({ name: name.toLowerCase(), addresses: [address] }))
  })
}
