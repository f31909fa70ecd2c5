import { type ReactNode, useEffect, useState } from 'react'

export interface LoadedProps<Value> {
  /** Asked once; give another key to ask again. */
  load(): Promise<Value>
  children(value: Value): ReactNode
}

/** What has to be fetched first: a line while it is on its way, and the reason when it does not come. */
export function Loaded<Value>({ load, children }: LoadedProps<Value>) {
  const [state, setState] = useState<
    | { readonly kind: 'loading' }
    | { readonly kind: 'loaded'; readonly value: Value }
    | { readonly kind: 'failed'; readonly message: string }
  >({ kind: 'loading' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once
  useEffect(() => {
    let isWanted = true
    load().then(
      value => isWanted && setState({ kind: 'loaded', value }),
      (error: unknown) =>
        isWanted &&
        setState({ kind: 'failed', message: error instanceof Error ? error.message : 'No answer came.' }),
    )
    return () => {
      isWanted = false
    }
  }, [])
  switch (state.kind) {
    case 'loading':
      return <p className="t3 fs12">Looking…</p>
    case 'failed':
      return (
        <p className="t2 fs12" role="alert">
          This could not be fetched. {state.message}
        </p>
      )
    case 'loaded':
      return children(state.value)
  }
}
