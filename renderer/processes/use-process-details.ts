import { useEffect, useState } from 'react'
import type { LaunchStep, SandboxConfiguration } from '../../contracts/processes.ts'
import { useProcesses } from './processes-context.tsx'

export interface ProcessDetails {
  readonly launch: readonly LaunchStep[]
  readonly sandbox: SandboxConfiguration
}

/** How a process was launched and what it may do; asked anew when it was launched anew. Null where that is not known. */
export function useProcessDetails(processId: string | null, pid: number | null): ProcessDetails | null {
  const { link } = useProcesses()
  const [known, setKnown] = useState<{ key: string; details: ProcessDetails } | null>(null)
  const key = `${processId} ${pid}`
  useEffect(() => {
    if (processId === null) return
    const controller = new AbortController()
    link
      .area('processes')
      .details({ processId }, { signal: controller.signal })
      .then(
        details => setKnown({ key, details }),
        // a process that has gone meanwhile has no details any more
        () => {},
      )
    return () => controller.abort()
  }, [link, processId, key])
  return known?.key === key ? known.details : null
}
