import { type ReactNode, useState } from 'react'
import { PanelSeparator } from './separator.tsx'

const heights = { initial: 304, min: 160, maxShare: 0.6 }

/** The plate below the page, with the edge that changes its height. */
export function DockPlate({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState(heights.initial)
  const max = Math.round(window.innerHeight * heights.maxShare)
  const height = Math.min(wanted, max)
  return (
    <>
      <PanelSeparator
        label="Height of the process panel"
        orientation="horizontal"
        value={height}
        min={heights.min}
        max={max}
        onChange={setWanted}
      />
      <section className="nx-plate nx-dock" id="process-dock" aria-label="Processes" style={{ height }}>
        {children}
      </section>
    </>
  )
}
