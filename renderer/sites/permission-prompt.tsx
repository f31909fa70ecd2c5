import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { PermissionAnswer, PermissionQuestion } from '../../contracts/sites.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import { PermissionIcon, permissionWords, wishWords } from './permission-words.tsx'

/** So long a question has to be seen before it can be allowed: nobody answers what they have not read. */
const leastReadingMs = 500

type Span = 'once' | 'visit' | 'always'

export interface PermissionPromptProps {
  question: PermissionQuestion
  onAnswer(answer: PermissionAnswer): void
}

/**
 * A page asks for something, and waits. Hangs on the toolbar, where no page can draw. "Not now" has the focus, and Escape
 * means it; everything else is held back for the first half second.
 */
export function PermissionPrompt({ question, onAnswer }: PermissionPromptProps) {
  const element = useRef<HTMLDivElement>(null)
  const notNow = useRef<HTMLButtonElement>(null)
  const headingId = useId()
  const [isReadable, setIsReadable] = useState(false)
  const [span, setSpan] = useState<Span>('visit')
  usePageCover(element, true)
  useEffect(() => {
    notNow.current?.focus()
    const timer = setTimeout(() => setIsReadable(true), leastReadingMs)
    return () => clearTimeout(timer)
  }, [])
  const answer = (how: PermissionAnswer) => {
    if (isReadable || how === 'notNow') onAnswer(how)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onAnswer('notNow')
  }
  return (
    <div
      className="nx-pop nx-ask"
      role="dialog"
      aria-modal="false"
      aria-labelledby={headingId}
      ref={element}
      onKeyDown={onKeyDown}
    >
      <h2 id={headingId}>
        {question.site} wants {wishWords(question.permissions)}
      </h2>
      <ul className="nx-ask__what">
        {question.permissions.map(permission => {
          const { name, meaning } = permissionWords(permission)
          return (
            <li key={permission}>
              <PermissionIcon permission={permission} />
              <span>
                <b className="med">{name}</b>
                <span className="t3">{meaning}</span>
              </span>
            </li>
          )
        })}
      </ul>
      <RadioGroup
        className="nx-ask__span"
        aria-label="Keep this answer"
        value={span}
        onChange={value => {
          if (value === 'once' || value === 'visit' || value === 'always') setSpan(value)
        }}
      >
        <span aria-hidden="true">Keep this answer</span>
        <div className="nx-seg nx-seg--s">
          <Radio className="nx-seg__item" value="once">
            Once
          </Radio>
          <Radio className="nx-seg__item" value="visit">
            This visit
          </Radio>
          {question.mayRemember && (
            <Radio className="nx-seg__item" value="always">
              Always
            </Radio>
          )}
        </div>
      </RadioGroup>
      <div className="nx-ask__answers">
        <button
          type="button"
          className="nx-btn nx-btn--pri"
          aria-disabled={!isReadable}
          onClick={() => answer(span)}
        >
          Allow
        </button>
        <button type="button" className="nx-btn" ref={notNow} onClick={() => answer('notNow')}>
          Not now
        </button>
        <span className="grow" />
        {question.mayRemember && (
          <button
            type="button"
            className="nx-btn nx-btn--danger"
            aria-disabled={!isReadable}
            onClick={() => answer('never')}
          >
            Never on this site
          </button>
        )}
      </div>
    </div>
  )
}
