import { useEffect, useState } from 'react'
import type { FrameTimes, GpuFacts, GpuReport } from '../../contracts/gpu-facts.ts'
import { memoryText } from '../processes/readings.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

/** How often it is asked while the page is open. */
const refreshMs = 2_000

/** What draws, with what, and how it does: the internal page nexus://gpu. */
export function GraphicsPage(props: CoverPageProps) {
  const [report, setReport] = useState<GpuReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const { link } = props
  useEffect(() => {
    let isOpen = true
    const ask = () => {
      link
        .area('overview')
        .graphics({})
        .then(
          answer => {
            if (!isOpen) return
            setReport(answer)
            setFailure(null)
          },
          (error: unknown) => {
            if (isOpen) setFailure(error instanceof Error ? error.message : 'unknown error')
          },
        )
    }
    ask()
    const timer = setInterval(ask, refreshMs)
    return () => {
      isOpen = false
      clearInterval(timer)
    }
  }, [link])
  return (
    <CoverFrame title="Graphics" onClose={props.onClose}>
      {failure !== null && (
        <p className="nx-gpu__failure" role="alert">
          What draws could not be asked. {failure}
        </p>
      )}
      {report !== null && <Report report={report} />}
    </CoverFrame>
  )
}

function Report({ report }: { report: GpuReport }) {
  const { process, engine, graphics } = report
  return (
    <div className="nx-gpu">
      <Facts
        title="Compositor"
        rows={[
          ['State', process.state],
          ['Process', process.pid === null ? 'not running' : `${process.pid}`],
          ['Restarts', `${process.restarts}`],
          ['Draws with', pathWords(report)],
        ]}
      />
      {graphics === null ? (
        <p className="t2">It starts when the overview is first opened or a page has been shown.</p>
      ) : (
        <GraphicsFacts graphics={graphics} />
      )}
      <Facts
        title="Chromium's graphics process"
        rows={[
          ['Process', engine.pid === null ? 'not running' : `${engine.pid}`],
          ['Lost', times(engine.losses)],
          ...engine.features.map(({ name, status }) => [name, status] as const),
        ]}
      />
    </div>
  )
}

function GraphicsFacts({ graphics }: { graphics: GpuFacts }) {
  const { adapter, webGpu } = graphics
  return (
    <>
      <Facts
        title="Adapter"
        rows={[
          ['Renderer', adapter?.renderer ?? 'no WebGL2'],
          ['Vendor', adapter?.vendor ?? '–'],
          ['Version', adapter?.version ?? '–'],
          ['Shading language', adapter?.shadingLanguage ?? '–'],
          ['WebGPU', webGpu === null ? 'not available' : `${webGpu.vendor} ${webGpu.architecture}`],
          ['Video decoding (WebCodecs)', graphics.hasVideoDecoder ? 'available' : 'not available'],
          ['Context lost', times(graphics.contextLosses)],
        ]}
      />
      <Facts
        title="Memory"
        rows={[
          [
            'Textures',
            `${memoryText(graphics.memoryBytes)} of ${memoryText(graphics.memoryBudgetBytes)} allowed`,
          ],
          ...graphics.contexts.map(
            ({ id, textures, bytes, budgetBytes, evictions }) =>
              [
                id,
                `${textures} textures, ${memoryText(bytes)} of ${memoryText(budgetBytes)}, ${evictions} made room`,
              ] as const,
          ),
          [
            'Uploads',
            `${graphics.uploads.count}, median ${graphics.uploads.medianMs.toFixed(2)} ms, p95 ${graphics.uploads.p95Ms.toFixed(2)} ms`,
          ],
        ]}
      />
      <Facts
        title="Shaders"
        rows={graphics.shaders.map(
          ({ name, compileMs, hits }) =>
            [name, `${compileMs.toFixed(1)} ms to compile, taken from the cache ${times(hits)}`] as const,
        )}
      />
      <Facts title="Last movement" rows={movementRows(graphics.lastOpening)} />
      <Facts
        title="Limits"
        rows={graphics.limits.map(({ name, value }) => [name, value.toLocaleString('en')] as const)}
      />
      <section aria-label="Extensions">
        <h2>Extensions</h2>
        <p className="t2 num">{graphics.features.join(' · ') || 'none'}</p>
      </section>
    </>
  )
}

type Row = readonly [name: string, value: string]

function Facts({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function pathWords({ process, graphics }: GpuReport): string {
  if (graphics === null) return process.isSoftware ? 'software' : 'nothing yet'
  switch (graphics.softwareReason) {
    case null:
      return 'WebGL2'
    case 'setting':
      return 'software, as set'
    case 'noWebGl2':
      return 'software: there is no WebGL2'
    case 'lostTooOften':
      return 'software: the graphics context was lost too often'
    case 'slowWebGl2':
      return 'software: there is no graphics processor, and plain drawing is quicker'
  }
}

function movementRows(last: FrameTimes | null): readonly Row[] {
  if (last === null) return [['Frames', 'none yet']]
  return [
    ['What', `${last.phase} the ${last.surface}, ${last.items} items, ${last.path}`],
    ['Frames a second', last.framesPerSecond.toFixed(1)],
    ['Between two frames', `median ${last.p50Ms.toFixed(1)} ms, p95 ${last.p95Ms.toFixed(1)} ms`],
  ]
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
