import { readTypedText } from '../../contracts/address.ts'
import type { PageProblem } from '../../contracts/browser.ts'

/** Where what was typed leads to. */
export type OmniboxTarget =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'search'; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: PageProblem }

/**
 * Reads what was typed into the omnibox: an address where it is one by its form, else a search.
 * Never throws. `searchTemplate` holds `%s` for the encoded query.
 */
export function readOmniboxInput(input: string, searchTemplate: string): OmniboxTarget {
  const text = input.trim()
  const typed = readTypedText(text)
  switch (typed.kind) {
    case 'address':
      return typed
    case 'words':
      return {
        kind: 'search',
        url: searchTemplate.replaceAll('%s', () => encodeURIComponent(wellFormed(text))),
      }
    case 'notOpened':
      return refused(text, 'SCHEME_NOT_OPENED')
    case 'broken':
      return refused(text, 'NOT_AN_ADDRESS')
  }
}

/**
 * Reads an address that must be one, as given on the command line or by a page. Null when it is not one that Nexus
 * opens.
 */
export function readWebAddress(text: string): string | null {
  const typed = readTypedText(text)
  return typed.kind === 'address' ? typed.url : null
}

/** Half of a character pair cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

function refused(text: string, code: string): OmniboxTarget {
  return { kind: 'refused', problem: { kind: 'badAddress', code, url: text.slice(0, 2_000), host: '' } }
}
