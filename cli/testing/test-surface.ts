import type { Surface } from '../surface.ts'

type Given = Pick<Surface, 'print' | 'note' | 'connect' | 'startInstance' | 'folder' | 'signal'>

/** For tests: a command line without a terminal, where time passes by being slept through. */
export function testSurface(parts: Given & Partial<Surface>): Surface {
  let now = 0
  return {
    isTerminal: false,
    columns: 120,
    createScratchProfile: () => Promise.reject(new Error('No profile is to be made here')),
    sleep: async milliseconds => {
      now += milliseconds
    },
    now: () => now,
    ...parts,
  }
}
