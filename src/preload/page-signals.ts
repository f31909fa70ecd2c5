import type { FormSignals, PageSignals } from '../../contracts/page.ts'
import { addressOf, attributeOf, baseAddressOf, elementsIn, parentOf, tagOf } from './dom-access.ts'

/** Most elements of one kind that are looked at; a page of a million links ends here. */
const mostElements = 5_000
const mostForms = 50
/** A frame that covers this share of the window in both directions is the page, for who looks at it. */
const fullPageShare = 0.8

/** The facts of `PageSignals`. Nothing that was typed is looked at. */
export function collectSignals(document: Document, hiddenTextShare: number): PageSignals {
  const base = baseAddressOf(document)
  const host = hostOf(addressOf(document), base)
  const passwords = elementsIn(document, 'input[type=password i]', mostElements)
  return {
    passwordFields: passwords.length,
    forms: collectForms(document, base, passwords),
    hiddenTextShare: Math.min(1, Math.max(0, hiddenTextShare)),
    faviconHost: hostOfAttribute(document, 'link[rel~=icon i]', 'href', base),
    canonicalHost: hostOfAttribute(document, 'link[rel=canonical i]', 'href', base),
    openGraphSiteName: openGraphSiteName(document),
    externalLinkHosts: countExternalHosts(document, base, host),
    fullPageFrames: countFullPageFrames(document),
    refreshHost: refreshHost(document, base),
  }
}

function collectForms(document: Document, base: string, passwords: readonly Element[]): FormSignals[] {
  const cards = elementsIn(
    document,
    'input[autocomplete^=cc- i], input[name*=cardnumber i], input[name*=card_number i], input[name*=cvv i], input[name*=cvc i]',
    mostElements,
  )
  const withPassword = new Set(passwords.map(formAround))
  const withCard = new Set(cards.map(formAround))
  return elementsIn(document, 'form', mostForms).map(form => ({
    host: hostOf(attributeOf(form, 'action') ?? '', base),
    hasPassword: withPassword.has(form),
    hasCard: withCard.has(form),
  }))
}

function formAround(field: Element): Element | null {
  for (let node = parentOf(field); node !== null; node = parentOf(node)) {
    if (node instanceof Element && tagOf(node) === 'FORM') return node
  }
  return null
}

const absolute = /^https?:\/\/[^/?#\\]+/i
const onThisHost = /^(?:[?#]|$|\/(?:[^/\\\t\n\r]|$))/

function countExternalHosts(document: Document, base: string, host: string | null): number {
  const hosts = new Set<string>()
  const starts = new Set<string>()
  const isBaseHere = hostOf('', base) === host
  for (const link of elementsIn(document, 'a[href]', mostElements)) {
    const address = attributeOf(link, 'href') ?? ''
    const start = absolute.exec(address)?.[0]
    // What stays on this host needs no parsing, and the same host needs it once.
    if (start === undefined ? isBaseHere && onThisHost.test(address) : starts.has(start)) continue
    if (start !== undefined) starts.add(start)
    const target = hostOf(start ?? address, base)
    if (target !== null && target !== host) hosts.add(target)
  }
  return hosts.size
}

function countFullPageFrames(document: Document): number {
  const { innerWidth, innerHeight } = globalThis
  return elementsIn(document, 'iframe', mostForms).filter(frame => {
    const { width, height } = Element.prototype.getBoundingClientRect.call(frame)
    return (
      innerWidth > 0 &&
      innerHeight > 0 &&
      width >= innerWidth * fullPageShare &&
      height >= innerHeight * fullPageShare
    )
  }).length
}

function openGraphSiteName(document: Document): string | null {
  const [element] = elementsIn(document, 'meta[property="og:site_name" i]', 1)
  const name = element === undefined ? null : attributeOf(element, 'content')
  return name?.slice(0, 20_000).replace(/\s+/gu, ' ').trim().slice(0, 2_000) || null
}

function refreshHost(document: Document, base: string): string | null {
  const [element] = elementsIn(document, 'meta[http-equiv=refresh i]', 1)
  const content = element === undefined ? null : attributeOf(element, 'content')
  const target = /^[\s\d.]*[;,]?\s*(?:url\s*=)?\s*['"]?([^'"]+)/i.exec((content ?? '').slice(0, 10_000))?.[1]
  return target === undefined ? null : hostOf(target, base)
}

function hostOfAttribute(document: Document, selector: string, name: string, base: string): string | null {
  const [element] = elementsIn(document, selector, 1)
  const address = element === undefined ? null : attributeOf(element, name)
  return address === null ? null : hostOf(address, base)
}

/** Host of an address as the URL standard reads it; null for what leads to no host. */
function hostOf(address: string, base: string): string | null {
  if (address.length > 65_536 || !URL.canParse(address, base)) return null
  const { protocol, hostname } = new URL(address, base)
  if ((protocol !== 'http:' && protocol !== 'https:') || hostname.length > 300) return null
  return hostname === '' ? null : hostname
}
