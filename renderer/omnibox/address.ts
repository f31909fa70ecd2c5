/** An address in the pieces in which it is drawn: the host in front, the rest quiet. */
export interface AddressParts {
  readonly before: string
  readonly host: string
  readonly after: string
}

/**
 * Splits an address for display. `https://` is left out, since the connection mark says it; every other scheme stays,
 * because hiding it would make two different places look alike. Names and passwords before the host are never shown.
 */
export function addressParts(address: string): AddressParts {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return { before: '', host: '', after: address }
  }
  if (url.host === '') return { before: '', host: '', after: address }
  const path = `${url.pathname === '/' ? '' : readable(url.pathname)}${readable(url.search)}${readable(url.hash)}`
  return {
    before: url.protocol === 'https:' ? '' : `${url.protocol}//`,
    host: url.host,
    after: path,
  }
}

/** Shows escaped letters as letters where that cannot deceive: control characters, spaces and bidi marks stay escaped. */
function readable(part: string): string {
  try {
    return decodeURI(part).replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters to keep escaped
      /[\u0000-\u0020\u007f-\u00a0\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu,
      encodeURIComponent,
    )
  } catch {
    return part
  }
}

/** Host without "www.", for grouping and short labels; the address itself where it has no host. */
export function shortHost(address: string): string {
  try {
    const host = new URL(address).host
    return host === '' ? address : host.replace(/^www\./, '')
  } catch {
    return address
  }
}
