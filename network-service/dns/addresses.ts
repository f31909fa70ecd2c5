import { BlockList, isIP } from 'node:net'

/**
 * Addresses of this machine, of local networks and of no host at all.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const privateRanges = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  // Teredo carries an address of a client behind its own.
  ['2001::', 32],
  ['100::', 64],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv6')
}

/** Prefixes of IPv6 addresses that stand for an IPv4 address, and where in them it is (16-bit group). */
const embedding: readonly { readonly groups: readonly number[]; readonly at: number }[] = [
  { groups: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { groups: [0, 0, 0, 0, 0, 0], at: 6 },
  { groups: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { groups: [0x2002], at: 1 },
]

/** Whether only this machine or its local network can be behind this address. True for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  switch (isIP(bare)) {
    case 4:
      return privateRanges.check(bare, 'ipv4')
    case 6: {
      if (privateRanges.check(bare, 'ipv6')) return true
      const groups = groupsOf(bare)
      return embedding.some(
        ({ groups: prefix, at }) =>
          prefix.every((group, index) => groups[index] === group) &&
          privateRanges.check(dotted(groups[at] ?? 0, groups[at + 1] ?? 0), 'ipv4'),
      )
    }
    default:
      return true
  }
}

/** Whether a connection to this address ends at this machine's loopback interface. */
export function isLoopbackAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  if (isIP(bare) === 4) return bare.startsWith('127.') || bare === '0.0.0.0'
  if (isIP(bare) !== 6) return false
  const groups = groupsOf(bare)
  if (groups.slice(0, 7).every(group => group === 0) && (groups[7] ?? 0) <= 1) return true
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  return isMapped && isLoopbackAddress(dotted(groups[6] ?? 0, groups[7] ?? 0))
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail = null] = address.split('::') as [string, string?]
  const left = partsOf(head)
  if (tail === null) return left
  const right = partsOf(tail)
  return [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right]
}

function partsOf(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap(part => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
