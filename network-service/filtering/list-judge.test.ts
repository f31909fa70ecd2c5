import { describe, expect, it, test } from 'vitest'
import type { JudgedRequest } from '../../contracts/network-filtering.ts'
import { BadCompiledListsError, compileLists, readCompiledLists } from './compiled-lists.ts'
import { ListJudge } from './list-judge.ts'

const advertisements = `[Adblock Plus 2.0]
! Title: of a test
||ads.example^
/banner/*$image
||tracker.example^$third-party
||partner.example^$domain=shop.example|~quiet.shop.example
||scripts.example^$script,redirect=noop.js
/pixel.gif?
@@||ads.example/needed.js$domain=news.example
@@||trusted.example^$document
##.ad-box
###sponsored
shop.example##.offer
~blog.example##[data-ad]
@@||plain.example^$generichide
`
const exceptions = `@@/pixel.gif?allowed
||late.example^
`

const judge = new ListJudge(
  readCompiledLists(
    compileLists([
      { name: 'Advertisements', text: advertisements },
      { name: 'Exceptions', text: exceptions },
    ]),
  ),
)

function decide(url: string, changes: Partial<JudgedRequest> = {}) {
  const source = changes.source ?? 'https://news.example/article'
  return judge.decide({ url, kind: 'script', page: source, ...changes, source })
}

describe('a request', () => {
  it('that no rule names goes on', () => {
    expect(decide('https://cdn.example/app.js')).toEqual({ kind: 'allow' })
  })

  it('is blocked by the name of a host and everything below it, with the rule and its list', () => {
    const blocked = { kind: 'block', rule: '||ads.example^', list: 'Advertisements' }
    expect(decide('https://ads.example/a.js')).toEqual(blocked)
    expect(decide('https://a.b.ads.example/a.js')).toEqual(blocked)
    expect(decide('https://notads.example/a.js')).toEqual({ kind: 'allow' })
    expect(decide('https://late.example/a.js')).toMatchObject({ list: 'Exceptions' })
  })

  it('is blocked by its kind where the rule says so', () => {
    expect(decide('https://cdn.example/banner/a.png', { kind: 'image' }).kind).toBe('block')
    expect(decide('https://cdn.example/banner/a.js').kind).toBe('allow')
  })

  it('is blocked for third parties only where the rule says so', () => {
    expect(decide('https://tracker.example/t.js').kind).toBe('block')
    expect(decide('https://cdn.tracker.example/t.js', { source: 'https://tracker.example/' }).kind).toBe(
      'allow',
    )
  })

  it('is blocked on the sites that the rule names', () => {
    expect(decide('https://partner.example/p.js').kind).toBe('allow')
    expect(decide('https://partner.example/p.js', { source: 'https://shop.example/' }).kind).toBe('block')
    expect(decide('https://partner.example/p.js', { source: 'https://quiet.shop.example/' }).kind).toBe(
      'allow',
    )
  })

  it('goes on where an exception of any list says so, and that is told', () => {
    expect(decide('https://ads.example/needed.js')).toMatchObject({ kind: 'except', list: 'Advertisements' })
    expect(decide('https://ads.example/needed.js', { source: 'https://other.example/' }).kind).toBe('block')
    expect(decide('https://cdn.example/pixel.gif?allowed', { kind: 'image' })).toMatchObject({
      kind: 'except',
      list: 'Exceptions',
    })
  })

  it('is answered with an empty file where the rule says so', () => {
    const decision = decide('https://scripts.example/tag.js')
    expect(decision).toMatchObject({ kind: 'redirect', list: 'Advertisements' })
    expect(decision.kind === 'redirect' && decision.to).toMatch(/^data:application\/javascript;base64,/)
  })

  it('goes on whatever it is on a page that an exception names whole', () => {
    const source = 'https://trusted.example/page'
    expect(decide('https://ads.example/a.js', { source })).toMatchObject({ kind: 'except' })
    // in a frame of such a page too
    expect(
      decide('https://ads.example/a.js', { source: 'https://frame.example/', page: source }),
    ).toMatchObject({ kind: 'except' })
  })

  it('with an address that is none goes on', () => {
    for (const url of ['', 'nonsense', 'http://', `https://${'a'.repeat(4_000)}`]) {
      expect(decide(url).kind).toBe('allow')
    }
    expect(decide('https://ads.example/a.js', { source: '', page: '' }).kind).toBe('block')
  })
})

describe('hiding', () => {
  it('hides what the page has of the names in the lists', () => {
    const css = judge.hiding('https://news.example/', false, ['ad-box', 'article'], ['sponsored'])
    expect(css).toContain('.ad-box')
    expect(css).toContain('#sponsored')
    expect(css).toContain('display: none !important')
    expect(judge.hiding('https://news.example/', false, ['article'], [])).toBe('')
  })

  it('hides on a new page what is said of its site and of every site', () => {
    const css = judge.hiding('https://shop.example/', true, [], [])
    expect(css).toContain('.offer')
    expect(css).toContain('[data-ad]')
    expect(css).not.toContain('.ad-box')
    expect(judge.hiding('https://news.example/', true, [], [])).not.toContain('.offer')
  })

  it('hides nothing of every site where an exception says so, and nothing at all on an excepted page', () => {
    expect(judge.hiding('https://plain.example/', false, ['ad-box'], [])).toBe('')
    expect(judge.hiding('https://trusted.example/', true, ['ad-box'], [])).toBe('')
    expect(judge.hiding('nonsense', true, ['ad-box'], [])).toBe('')
  })
})

test('a file of compiled lists that is broken is refused with a reason', () => {
  const good = compileLists([{ name: 'one', text: advertisements }])
  expect(readCompiledLists(good).lists).toMatchObject([{ name: 'one', rules: 13 }])
  for (const bad of [new Uint8Array(), good.slice(4), good.slice(0, 40), Buffer.from('NXFILTER1\n????{}')]) {
    expect(() => readCompiledLists(bad)).toThrow(BadCompiledListsError)
  }
})
