import { ArrowUp, MessageCircleQuestion } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PageAnswer } from '../../../contracts/ai.ts'
import type { Ask } from '../../system/use-browser.ts'
import type { Passages } from '../use-passages.ts'

type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'asking'; readonly question: string }
  | { readonly kind: 'answered'; readonly question: string; readonly answer: PageAnswer }
  | { readonly kind: 'failed'; readonly question: string; readonly message: string }

/** Ask this page: the answer is never made up, but shown where the page gives it. */
export function AskBox(props: {
  tabId: string
  ask: Ask
  passages: Passages
  /** Asked at once; empty where nothing was asked before. */
  initialQuestion: string
}) {
  const { tabId, ask, passages, initialQuestion } = props
  const [question, setQuestion] = useState(initialQuestion)
  const [asked, setAsked] = useState<Asked>({ kind: 'nothing' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another box
  useEffect(() => void submit(), [])

  async function submit(): Promise<void> {
    const words = question.trim().slice(0, 2_000)
    if (words === '') return
    setAsked({ kind: 'asking', question: words })
    try {
      const answer = await ask('askPage', { tabId, question: words })
      setAsked({ kind: 'answered', question: words, answer })
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The question was not answered.'
      setAsked({ kind: 'failed', question: words, message })
    }
  }

  return (
    <div className="nx-ask">
      <Answer asked={asked} passages={passages} />
      <form
        className="nx-askbox"
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <MessageCircleQuestion className="i" />
        <input
          className="grow"
          aria-label="Ask this page"
          placeholder="Ask this page"
          value={question}
          onChange={event => setQuestion(event.target.value)}
        />
        <button type="submit" className="nx-ib nx-ib--s" aria-label="Send question" title="Send question">
          <ArrowUp className="i" />
        </button>
      </form>
    </div>
  )
}

function Answer({ asked, passages }: { asked: Asked; passages: Passages }) {
  switch (asked.kind) {
    case 'nothing':
      return null
    case 'asking':
      return (
        <p className="nx-answer t2 fs12" role="status">
          Looking for “{asked.question}”
        </p>
      )
    case 'failed':
      return (
        <p className="nx-answer t2 fs12" role="alert">
          {asked.message}
        </p>
      )
    case 'answered': {
      if (asked.answer.kind === 'notInPage') {
        return (
          <p className="nx-answer t2 fs12" role="status">
            “{asked.question}”: not in this page.
          </p>
        )
      }
      const texts = asked.answer.passages.map(({ text }) => text)
      return (
        <div className="nx-answer" role="status">
          <p className="t2 fs12">“{asked.question}”</p>
          <ol className="nx-sum">
            {texts.map((text, position) => (
              <li key={text}>
                <button
                  type="button"
                  className="nx-ref"
                  aria-label={`Go to answer ${position + 1}`}
                  title={passages.missing.has(text) ? 'No longer on the page' : 'Go to its place in the page'}
                  aria-current={passages.current === text}
                  onClick={() => passages.goTo(texts, text)}
                >
                  {position + 1}
                </button>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </div>
      )
    }
  }
}
