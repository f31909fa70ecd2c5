import type { Measured } from '../results.ts'
import { groups } from './all.ts'

/** Entry of the process of one group: `main.ts <name> [quick]`. Tells its figures to its parent and ends. */
export type GroupReport =
  | { readonly kind: 'measured'; readonly figures: readonly Measured[] }
  | { readonly kind: 'failed'; readonly reason: string }

const [name, speed] = process.argv.slice(2)
const group = groups.find(one => one.name === name)
if (group === undefined) throw new RangeError(`There is no group ${name}`)
process.send?.(await reportOf(group.measure({ quick: speed === 'quick' })), () => process.exit(0))

async function reportOf(figures: Promise<readonly Measured[]>): Promise<GroupReport> {
  try {
    return { kind: 'measured', figures: await figures }
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
