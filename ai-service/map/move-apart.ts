import type { Pace } from '../text/pace.ts'
import type { Positions } from './lay-out.ts'

/** As near as two pages may lie, where the whole is some ten or more across: so that each can be pointed at. */
const leastDistance = 0.35
const rounds = 12

/** Moves those apart that lie on one another: pages that say the same, or the only two. Changes `positions`. */
export async function moveApart(positions: Positions, random: () => number, pace: Pace): Promise<Positions> {
  for (let round = 0; round < rounds; round++) {
    const cells = cellsOf(positions)
    let isMoved = false
    for (let point = 0; point < positions.length / 2; point++) {
      for (const other of near(cells, positions, point))
        if (other > point && push(positions, point, other, random)) isMoved = true
      await pace.breathe()
    }
    if (!isMoved) break
  }
  return positions
}

/** Points by squares of the least distance: whoever is too near is in the same square or one beside it. */
function cellsOf(positions: Positions): ReadonlyMap<string, readonly number[]> {
  const points = Array.from({ length: positions.length / 2 }, (_, point) => point)
  return Map.groupBy(points, point => cellAt(positions, point, 0, 0))
}

function cellAt(positions: Positions, point: number, right: number, down: number): string {
  const x = Math.floor((positions[point * 2] ?? 0) / leastDistance) + right
  const y = Math.floor((positions[point * 2 + 1] ?? 0) / leastDistance) + down
  return `${x} ${y}`
}

function near(cells: ReadonlyMap<string, readonly number[]>, positions: Positions, point: number): number[] {
  return [-1, 0, 1].flatMap(right =>
    [-1, 0, 1].flatMap(down => cells.get(cellAt(positions, point, right, down)) ?? []),
  )
}

/** Whether they were too near; each then goes half of the way. */
function push(positions: Positions, point: number, other: number, random: () => number): boolean {
  const x = (positions[point * 2] ?? 0) - (positions[other * 2] ?? 0)
  const y = (positions[point * 2 + 1] ?? 0) - (positions[other * 2 + 1] ?? 0)
  const distance = Math.hypot(x, y)
  if (distance >= leastDistance * 0.999) return false
  // Those at one place part in any direction.
  const angle = distance === 0 ? random() * 2 * Math.PI : Math.atan2(y, x)
  const half = (leastDistance - distance) / 2
  const step = [Math.cos(angle) * half, Math.sin(angle) * half] as const
  for (const axis of [0, 1] as const) {
    positions[point * 2 + axis] = (positions[point * 2 + axis] ?? 0) + step[axis]
    positions[other * 2 + axis] = (positions[other * 2 + axis] ?? 0) - step[axis]
  }
  return true
}
