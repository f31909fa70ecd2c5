import { AppWindow, ChevronRight, Cpu, Globe, Monitor, ServerCrash } from 'lucide-react'
import { useState } from 'react'
import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { crashFacts, crashTitle, reasonWords, whenText } from './crash-words.ts'

/** One end, and on asking all that was written down of it. */
export function CrashRow({ crash, now }: { crash: CrashRecord; now: Date }) {
  const [isOpen, setIsOpen] = useState(false)
  const title = crashTitle(crash)
  const when = whenText(crash.at, now)
  const detailsId = `crash-${crash.id}`
  return (
    <li className="nx-crash">
      <button
        type="button"
        className="nx-crash__head"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ChevronRight className="i i-s nx-crash__twisty" />
        <KindIcon kind={crash.kind} />
        <span className="nx-crash__what">
          <b className="med">{title}</b> <span className="t2">{reasonWords(crash)}</span>
        </span>
        <time className="t2 num" dateTime={new Date(crash.at).toISOString()}>
          {when}
        </time>
      </button>
      {isOpen && (
        <div className="nx-crash__details" id={detailsId}>
          <dl>
            {crashFacts(crash).map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <Messages names={crash.lastMessages} />
        </div>
      )}
    </li>
  )
}

function Messages({ names }: { names: readonly string[] }) {
  if (names.length === 0)
    return <p className="t2">In its last minute it exchanged no messages with the core.</p>
  return (
    <>
      <h3>Last messages with the core, by name</h3>
      <ol className="nx-crash__messages" reversed>
        {names.toReversed().map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record does not change, and names in it repeat
          <li key={index}>{name}</li>
        ))}
      </ol>
    </>
  )
}

function KindIcon({ kind }: { kind: CrashRecord['kind'] }) {
  switch (kind) {
    case 'page':
      return <Globe className="i" />
    case 'service':
      return <ServerCrash className="i" />
    case 'gpu':
      return <Monitor className="i" />
    case 'chrome':
      return <AppWindow className="i" />
    case 'main':
      return <Cpu className="i" />
  }
}
