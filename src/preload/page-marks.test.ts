import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IsolatedPage, type IsolatedPages, openIsolatedPages } from './testing/isolated-page.ts'

const filler = '<p>Nothing of note happens in this paragraph.</p>'.repeat(80)
const article = `<main><p id="first">The <b>lamp</b>
   burned   oil at first<sup>1</sup>, and was later changed.</p>${filler}
   <p id="last">Its <i>keeper</i> went home in <a href="#">1966</a>.</p></main>
   <script>var unread = 'Never marked here.'</script>`

let pages: IsolatedPages
let page: IsolatedPage

beforeAll(async () => {
  pages = await openIsolatedPages(new URL('./page-marks.ts', import.meta.url))
}, 60_000)
afterAll(() => pages?.[Symbol.asyncDispose]())

async function show(html: string): Promise<void> {
  page = await pages.show(html)
  await page.ours('globalThis.marks = new code.PageMarks(document); 0')
}

const mark = (passages: readonly string[], current: number | null = null) =>
  page.ours(`marks.mark(${JSON.stringify(passages)}, ${current})`)

const marked = (name = 'nexus-passage') =>
  page.ours(`[...(CSS.highlights.get('${name}') ?? [])].map(range => range.toString().replace(/\\s+/g, ' '))`)

describe('the marks on a page', () => {
  it('stand where the words stand, through elements and whatever the spacing', async () => {
    await show(article)
    const found = await mark([
      'The lamp burned oil at first1, and was later changed.',
      'Its keeper went home in 1966.',
    ])
    expect(found).toEqual([true, true])
    expect(await marked()).toEqual([
      'The lamp burned oil at first1, and was later changed.',
      'Its keeper went home in 1966.',
    ])
  })

  it('find a passage by its ends when the page has a little more in its middle', async () => {
    const [head, tail] = [
      'The harbour was dredged in spring by two boats',
      'and the larger ships came back in the summer.',
    ]
    await show(`<p>${head}, <sup>[12]</sup>${tail}</p>`)
    expect(await mark([`${head}, ${tail}`])).toEqual([true])
    expect(await marked()).toEqual([`${head}, [12]${tail}`])
  })

  it('say which passages are not there, and mark the others', async () => {
    await show(article)
    expect(await mark(['Never written.', 'Never marked here.', '  ', 'The lamp'])).toEqual([
      false,
      false,
      false,
      true,
    ])
    expect(await marked()).toEqual(['The lamp'])
  })

  it('bring the current passage into view and mark it as such', async () => {
    await show(article)
    await mark(['The lamp', 'Its keeper went home'], 1)
    expect(await marked('nexus-current')).toEqual(['Its keeper went home'])
    const bounds = await page.theirs(`(() => {
      const { top, bottom } = document.getElementById('last').getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })()`)
    expect(bounds).toBe(true)
  })

  it('take the place of earlier ones, and go away', async () => {
    await show(article)
    await mark(['The lamp'], 0)
    await mark(['Its keeper'])
    expect([await marked(), await marked('nexus-current')]).toEqual([['Its keeper'], []])
    await mark([])
    expect([await marked(), await page.ours('document.adoptedStyleSheets.length')]).toEqual([[], 0])
  })

  it('leave the elements of the page as they are, and its own style sheets', async () => {
    await show(article)
    await page.theirs('document.adoptedStyleSheets = [new CSSStyleSheet()]; 0')
    const before = await page.theirs('document.documentElement.outerHTML')
    await mark(['The lamp'], 0)
    expect(await page.theirs('document.documentElement.outerHTML')).toBe(before)
    expect(await page.theirs('document.adoptedStyleSheets.length')).toBe(2)
    await mark([])
    expect(await page.theirs('document.adoptedStyleSheets.length')).toBe(1)
  })

  it('are not misled by elements named like properties, nor by the prototypes of the page', async () => {
    await show(
      `<form name="body"></form><form name="adoptedStyleSheets"><input name="firstChild"><p>Inside the form.</p></form>`,
    )
    await page.theirs(`Element.prototype.scrollIntoView = () => { throw new Error('hostile') }; 0`)
    expect(await mark(['Inside the form.'], 0)).toEqual([true])
  })

  it('end within bounded time on a page of very many nodes', async () => {
    await show('<div id="many"></div>')
    await page.theirs(`document.getElementById('many').innerHTML = '<i>x</i>'.repeat(60000); 0`)
    expect(await mark(['never there', 'x'.repeat(100)])).toEqual([false, true])
  })
})
