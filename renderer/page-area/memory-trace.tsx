import type { PageEnd } from '../../contracts/browser.ts'
import { limitText } from './gone-words.ts'
import { memoryPath } from './memory-path.ts'

/** The memory of a process until it was ended, below the line that it was not to cross. */
export function MemoryTrace({ memory, at }: { memory: NonNullable<PageEnd['memory']>; at: number }) {
  const path = memoryPath(memory, at)
  if (path === null) return null
  const limit = limitText(memory.limitBytes)
  return (
    <figure className="nx-memory">
      <svg
        viewBox="0 0 700 112"
        role="img"
        aria-label={`Memory of this process rose to its limit of ${limit}`}
      >
        <path className="nx-memory__area" d={path.area} />
        <path className="nx-memory__limit" d={`M0 ${path.limitY} H700`} />
        <path className="nx-memory__line" d={path.line} />
        <path className="nx-memory__ground" d="M0 105.5 H700" />
        <circle className="nx-memory__end" cx="696" cy={path.endY} r="4" />
        <text className="nx-memory__text" x="0" y={path.limitY - 7}>
          limit {limit}
        </text>
      </svg>
      <figcaption>
        <span>{path.reachText} ago</span>
        <span>Memory of this process until it ended</span>
        <span>{new Date(at).toTimeString().slice(0, 8)}</span>
      </figcaption>
    </figure>
  )
}
