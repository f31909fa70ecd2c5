import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type KeptField,
  mostKeptCharacters,
  mostKeptFields,
  type PageHolds,
} from '../../contracts/page-state.ts'
import { type IsolatedPage, type IsolatedPages, openIsolatedPages } from './testing/isolated-page.ts'

let pages: IsolatedPages
let page: IsolatedPage

beforeAll(async () => {
  pages = await openIsolatedPages(new URL('./page-fields.ts', import.meta.url))
}, 60_000)
afterAll(() => pages?.[Symbol.asyncDispose]())

async function show(html: string): Promise<void> {
  page = await pages.show(html)
  await page.ours('globalThis.fields = new code.FieldsOfPage(document); 0')
}

const isUnsaved = async () => ((await page.ours('fields.holds()')) as PageHolds).hasUnsavedInput
const kept = async () => ((await page.ours('fields.capture()')) as { fields: KeptField[] }).fields
const restore = (fields: readonly KeptField[]) => page.ours(`fields.restore(${JSON.stringify(fields)})`)
const values = async () => (await kept()).map(({ value }) => Object.values(value)[1])

const form = `<form><input name="who"><textarea id="what">begun</textarea>
  <select name="where"><option>Bonn</option><option>Kiel</option></select>
  <input type="checkbox" id="yes"><input type="radio" name="size" value="s"><input type="radio" name="size" value="l">
  <button>Send</button></form><div id="note" contenteditable></div>`

async function fillIn(): Promise<void> {
  await pages.page.fill('[name=who]', 'Ada')
  await pages.page.fill('#what', 'A letter')
  await pages.page.selectOption('select', 'Kiel')
  await pages.page.check('#yes')
  await pages.page.check('[value=l]')
  await pages.page.click('#note')
  await pages.page.keyboard.type('Two words')
}

describe('what a person filled in', () => {
  it('comes back in another document of the same page, which hears of it', async () => {
    await show(form)
    await fillIn()
    const fields = await kept()
    await show(
      `${form}<script>heard = []; for (const type of ['input', 'change']) addEventListener(type, e => heard.push(type))</script>`,
    )
    expect(await restore(fields)).toBe(6)
    expect(
      await page.theirs(
        `[document.querySelector('[name=who]').value, what.value, document.querySelector('select').value, yes.checked,
          document.querySelector('[value=l]').checked, note.innerText]`,
      ),
    ).toEqual(['Ada', 'A letter', 'Kiel', true, true, 'Two words'])
    expect(await page.theirs('heard.length')).toBe(12)
    expect(await isUnsaved()).toBe(true)
    expect(await kept()).toEqual(fields)
  })

  it('is unsaved until it is sent, or is again as it was', async () => {
    await show(
      `${form}<script>document.querySelector('form').addEventListener('submit', e => e.preventDefault())</script>`,
    )
    expect(await isUnsaved()).toBe(false)
    await pages.page.fill('[name=who]', 'Ada')
    expect(await isUnsaved()).toBe(true)
    await pages.page.fill('[name=who]', '')
    expect(await isUnsaved()).toBe(false)
    await pages.page.fill('#what', 'A letter')
    await pages.page.click('button')
    expect(await isUnsaved()).toBe(false)
    await pages.page.fill('#what', 'Another letter')
    expect(await isUnsaved()).toBe(true)
  })

  it('is known where the page writes what is typed into its own text, as frameworks do', async () => {
    await show(
      `<input id="a"><script>a.addEventListener('input', () => { a.defaultValue = a.value })</script>`,
    )
    await pages.page.fill('#a', 'typed')
    expect([await isUnsaved(), await values()]).toEqual([true, ['typed']])
  })

  it('is not what the page filled in itself', async () => {
    await show(`<input id="a"><div id="b" contenteditable>text</div>`)
    await page.theirs(
      `a.value = 'x'; a.dispatchEvent(new Event('input', { bubbles: true })); b.textContent = 'y'`,
    )
    expect([await isUnsaved(), await values()]).toEqual([false, ['x']])
  })

  it.each([
    ['a password', '<input type="password">'],
    ['a password that is shown', '<input type="password" onfocus="this.type = \'text\'">'],
    ['the number of a card', '<input autocomplete="section-a cc-number">'],
    ['what must be the number of a card', '<input oninput="this.value = \'4111 1111 1111 1111\'">'],
    ['a code that was sent', '<input autocomplete="one-time-code">'],
    ['a field whose name says so', '<input name="card_cvc">'],
    ['what cannot be seen', '<input onblur="this.hidden = true">'],
    ['what cannot be changed any more', '<input onblur="this.disabled = true">'],
  ])('is unsaved but not kept: %s', async (_what, field) => {
    await show(field)
    await pages.page.focus('input')
    await pages.page.keyboard.type('secret')
    await page.theirs('document.activeElement.blur()')
    expect([await isUnsaved(), await kept()]).toEqual([true, []])
  })

  it('is put nowhere but where it came from', async () => {
    await show('<input name="who"><input name="whom"><input type="radio" name="size" value="l">')
    await pages.page.fill('[name=who]', 'Ada')
    await pages.page.check('[value=l]')
    const fields = await kept()
    await show(
      '<input name="whom"><input type="password" name="who"><input type="radio" name="size"><input type="radio" name="size" value="l">',
    )
    expect(await restore(fields.filter(({ place }) => place.type === 'text'))).toBe(0)
    await show('<input name="new"><input name="who">')
    expect([await restore(fields), await values()]).toEqual([1, ['Ada']])
    await show('<input name="who"><input name="who">')
    expect([await restore(fields), await values()]).toEqual([1, ['Ada']])
    await show('<input name="new"><input name="who"><input name="who">')
    expect(await restore(fields)).toBe(0)
  })

  it('is not put over what the person has typed meanwhile, nor into a field for secrets', async () => {
    await show('<input name="who">')
    await pages.page.fill('input', 'Ada')
    const fields = await kept()
    await show('<input name="who">')
    await pages.page.fill('input', 'Grace')
    expect([await restore(fields), await values()]).toEqual([0, ['Grace']])
    await show('<input name="who" autocomplete="new-password">')
    expect(await restore(fields)).toBe(0)
  })

  it('is bounded, whatever the page holds', async () => {
    await show('<input>'.repeat(mostKeptFields * 2))
    await page.theirs(`for (const one of document.querySelectorAll('input')) one.value = 'x'`)
    expect(await kept()).toHaveLength(mostKeptFields)
    await show('<textarea></textarea><input>')
    await page.theirs(`document.querySelector('textarea').value = 'x'.repeat(${mostKeptCharacters + 1})`)
    await pages.page.fill('input', 'short')
    expect(await values()).toEqual(['short'])
  })

  it('survives a page that names its fields like what is asked of it', async () => {
    await show(
      `<form contenteditable name="querySelectorAll"><input name="contains"><input name="getAttribute"><input name="closest"></form>`,
    )
    await pages.page.keyboard.press('Tab')
    await pages.page.keyboard.press('Tab')
    await pages.page.keyboard.type('Ada')
    expect([await isUnsaved(), await values()]).toEqual([true, ['Ada']])
    await page.ours(
      `Document.prototype.querySelectorAll.call(document, 'form')[0].dispatchEvent(new Event('submit', { bubbles: true })); 0`,
    )
  })
})
