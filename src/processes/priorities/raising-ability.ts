import { readFileSync } from 'node:fs'

/** What this user may do with the priority of a process of theirs. */
export interface RaisingAbility {
  /** What was lowered can be raised again. */
  readonly raisesAgain: boolean
  /** The smallest number of nice(2) that may be given. */
  readonly lowest: number
}

/** Number of CAP_SYS_NICE, see capabilities(7). */
const mayBeNegative = 23n
const worst = 20
const best = -20

/**
 * Whether a priority that was lowered can be raised again. On Linux and macOS an ordinary user may only lower, for good;
 * on Linux the limit RLIMIT_NICE may allow more, and so may a capability (see setpriority(2), getrlimit(2)).
 */
export function raisingAbility(
  platform: NodeJS.Platform = process.platform,
  read: (file: string) => string = file => readFileSync(file, 'utf8'),
  userId: number | undefined = process.getuid?.(),
): RaisingAbility {
  switch (platform) {
    case 'win32':
      return ability(best)
    case 'linux':
    case 'android':
      return ability(lowestOnLinux(read))
    default:
      return ability(userId === 0 ? best : worst)
  }
}

function ability(lowest: number): RaisingAbility {
  return { raisesAgain: lowest <= 0, lowest }
}

function lowestOnLinux(read: (file: string) => string): number {
  try {
    const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(read('/proc/self/status'))?.[1]
    if (capabilities !== undefined && (BigInt(`0x${capabilities}`) >> mayBeNegative) % 2n === 1n) return best
    const limit = /^Max nice priority\s+(\w+)/m.exec(read('/proc/self/limits'))?.[1]
    if (limit === 'unlimited') return best
    // The limit counts from 1 for 19 to 40 for -20.
    return limit === undefined ? worst : Math.max(best, worst - Number(limit))
  } catch {
    return worst
  }
}
