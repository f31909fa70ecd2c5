import { useState } from 'react'

/** Who is asked for the addresses of names: the system, or a resolver over HTTPS (RFC 8484). */
export function NamesSetting(props: {
  /** Null asks the system. */
  resolver: string | null
  onSave(resolver: string | null): void
}) {
  const [address, setAddress] = useState(props.resolver ?? '')
  const isUsable = /^https:\/\/[^\s/]+\/\S*$/.test(address)
  return (
    <div className="nx-setting nx-setting--stacked">
      <div>
        <div className="med">Names over HTTPS</div>
        <p>
          {props.resolver === null
            ? 'The system is asked where names lead. A resolver over HTTPS is asked in secret.'
            : `${props.resolver} is asked where names lead, and nobody else.`}
        </p>
      </div>
      <div className="row">
        <input
          className="nx-field grow"
          aria-label="Address of a resolver over HTTPS"
          placeholder="https://resolver.example/dns-query"
          value={address}
          onChange={event => setAddress(event.target.value)}
        />
        <button
          type="button"
          className="nx-btn nx-btn--s"
          disabled={!isUsable || address === props.resolver}
          onClick={() => props.onSave(address)}
        >
          Ask it
        </button>
        {props.resolver !== null && (
          <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={() => props.onSave(null)}>
            Ask the system
          </button>
        )}
      </div>
    </div>
  )
}
