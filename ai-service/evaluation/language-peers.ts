/** Another identifier of languages, to be measured beside ours in the same run. */
export interface LanguagePeer {
  readonly name: string
  /** A tag as the test data writes it; "und" where the peer knows none. */
  identify(text: string): string
}

/** Those that npm has: eld (large), tinyld and franc, each as its documentation says to use it. */
export async function languagePeers(): Promise<LanguagePeer[]> {
  const [{ eld }, tinyld, { franc }] = await Promise.all([
    import('eld/large'),
    import('tinyld'),
    import('franc'),
  ])
  return [
    { name: 'eld', identify: text => labelOf(eld.detect(text).language) },
    { name: 'tinyld', identify: text => labelOf(tinyld.detect(text)) },
    { name: 'franc', identify: text => labelOf(franc(text)) },
  ]
}

/** Peers write ISO 639-1 or 639-3, and Norwegian for Bokmål. */
function labelOf(code: string): string {
  if (code === '') return 'und'
  const tag = Intl.getCanonicalLocales(code)[0] ?? 'und'
  return tag === 'no' ? 'nb' : tag
}
