import { startChild } from './child.ts'
import type { Answerer, AnswererOptions } from './pair.ts'

/** Parent and child on the channel that `fork` gives them, with structured clone ("advanced"). */
export async function openChannel(options: AnswererOptions): Promise<Answerer> {
  const { child, end } = startChild(options, [], 'advanced')
  return { link: { kind: 'channel', channel: child }, end }
}
