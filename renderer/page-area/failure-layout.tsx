import { type ReactNode, useEffect, useRef } from 'react'

/** One station on the way that failed. */
export interface TraceStop {
  readonly name: string
  readonly detail: string
  readonly state: 'ok' | 'bad' | 'off'
}

export interface FailureLayoutProps {
  icon: ReactNode
  tone: 'quiet' | 'warn' | 'danger'
  title: string
  lead: string
  traceLabel: string
  trace: readonly TraceStop[]
  /** In place of the trace, where a picture says more. */
  figure?: ReactNode
  why: ReactNode
  advice: readonly { readonly icon: ReactNode; readonly text: string }[]
  answers: ReactNode
  /** For support; can be selected. */
  code: string
}

/**
 * The shape of every failure: what happened, where on the way, why, and what can be done. The first answer has the focus,
 * so that Enter does the likely thing; the view stays at the
 * title, which says what it is about.
 */
export function FailureLayout(props: FailureLayoutProps) {
  const answers = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another failure is another question, also on the same page
  useEffect(() => {
    // who is typing an address, or walks along the tabs by keys, must not lose the focus to a page that failed meanwhile
    const active = document.activeElement
    if (active instanceof HTMLInputElement || active?.matches('[role=tab]:focus-visible')) return
    answers.current?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }, [props.title])
  return (
    <div className="nx-page">
      <div className="nx-fail">
        <div role="alert">
          <span className="nx-fail__mark" data-tone={props.tone}>
            {props.icon}
          </span>
          <h1 className="nx-h0">{props.title}</h1>
          <p className="nx-fail__lead">{props.lead}</p>
        </div>
        {props.figure || (
          <ol className="nx-trace" aria-label={props.traceLabel}>
            {props.trace.map(stop => (
              <li data-s={stop.state} key={stop.name}>
                <b>{stop.name}</b>
                {stop.detail}
              </li>
            ))}
          </ol>
        )}
        <div className="nx-fail__two">
          <section>
            <h2>Why</h2>
            {typeof props.why === 'string' ? <p>{props.why}</p> : props.why}
          </section>
          <section>
            <h2>What you can do</h2>
            <ul>
              {props.advice.map(item => (
                <li key={item.text}>
                  {item.icon}
                  <span>{item.text}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="nx-fail__answers" ref={answers}>
          {props.answers}
        </div>
        <p className="nx-fail__code">{props.code}</p>
      </div>
    </div>
  )
}
