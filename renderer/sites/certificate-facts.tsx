import type { CertificateDetails } from '../../contracts/site-security.ts'

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long' })

/** What a certificate says of itself. Every word of it is chosen by whoever made it. */
export function CertificateFacts(props: {
  certificate: CertificateDetails
  isWhole?: boolean
  now?: number
}) {
  const { certificate, now = Date.now() } = props
  const isOver = certificate.validUntil < now
  const isEarly = certificate.validFrom > now
  return (
    <dl className="nx-kv nx-certificate">
      <dt>Issued to</dt>
      <dd>{certificate.subject || 'nobody'}</dd>
      {certificate.organization !== '' && (
        <>
          <dt>Owner</dt>
          <dd>{certificate.organization}</dd>
        </>
      )}
      <dt>Issuer</dt>
      <dd>{certificate.issuer || 'nobody'}</dd>
      {isEarly && (
        <>
          <dt>Valid from</dt>
          <dd data-bad>{dates.format(certificate.validFrom)}</dd>
        </>
      )}
      <dt>Valid until</dt>
      <dd data-bad={isOver || undefined}>{dates.format(certificate.validUntil)}</dd>
      {props.isWhole && (
        <>
          <dt>For the names</dt>
          <dd>{certificate.names.length === 0 ? 'none' : certificate.names.join(', ')}</dd>
          <dt>Key</dt>
          <dd>{certificate.key || 'unknown'}</dd>
          <dt>Serial number</dt>
          <dd className="nx-mono">{certificate.serialNumber}</dd>
          <dt>SHA-256</dt>
          <dd className="nx-mono">{certificate.fingerprint}</dd>
          <dt>Chain</dt>
          <dd>
            {certificate.chain.length === 0
              ? 'The server sent no other certificate'
              : certificate.chain.map(link => link.subject).join(' ← ')}
          </dd>
        </>
      )}
    </dl>
  )
}
