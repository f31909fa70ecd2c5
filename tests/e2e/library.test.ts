import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchNexus, type Nexus, removal } from './nexus.ts'

test('a page is kept by its star, written to a file, read from another, and there after a restart', async () => {
  test.setTimeout(120_000)
  const server = await servePages()
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-library-'))
  const userDataFolder = path.join(folder, 'profile')
  try {
    const first = await launchNexus({ userDataFolder })
    try {
      await first.go(`${server.origin}/one`)
      await expect(first.chrome.getByRole('tab', { name: 'Page one' })).toBeVisible()
      await first.chrome.getByRole('button', { name: 'Bookmark this page' }).click()
      const dialog = first.chrome.getByRole('dialog', { name: 'Bookmark added' })
      await dialog.getByRole('textbox', { name: 'Tags' }).fill('sea, to read')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(first.chrome.getByRole('button', { name: 'Edit the bookmark of this page' })).toBeVisible()

      await writeFile(path.join(folder, 'other.html'), netscapeOf(server.origin))
      await chooseFiles(first, path.join(folder, 'other.html'), path.join(folder, 'mine.html'))
      await first.chrome.keyboard.press('Control+Shift+O')
      const { chrome } = first
      await expect(chrome.getByRole('row', { name: 'Page one' })).toBeVisible()
      await chrome.getByRole('button', { name: 'Import' }).click()
      await expect(chrome.getByText(/^2 bookmarks in 1 folder imported/)).toBeVisible()
      await chrome.getByRole('button', { name: 'Export' }).click()
      await expect(chrome.getByText('3 bookmarks written to mine.html')).toBeVisible()
      const written = await readFile(path.join(folder, 'mine.html'), 'utf8')
      for (const part of [
        'NETSCAPE-Bookmark-file-1',
        `HREF="${server.origin}/one"`,
        'TAGS="sea,to read"',
        'Deep',
      ])
        expect(written).toContain(part)
      await chrome.getByRole('treeitem', { name: 'Deep' }).click()
      await chrome.getByRole('row', { name: 'Page two' }).click()
      await chrome.keyboard.press('Delete')
      await expect(chrome.getByText('1 bookmark removed')).toBeVisible()
      await chrome.getByRole('button', { name: 'Undo' }).click()
      await expect(chrome.getByRole('row', { name: 'Page two' })).toBeVisible()
    } finally {
      await first[Symbol.asyncDispose]()
    }

    const second = await launchNexus({ userDataFolder })
    try {
      await second.chrome.keyboard.press('Control+Shift+O')
      await second.chrome.getByRole('textbox', { name: 'Search bookmarks' }).fill('page')
      await expect(second.chrome.getByRole('grid', { name: 'Bookmarks' }).getByRole('row')).toHaveCount(3)
      await second.chrome.getByRole('row', { name: 'Page two' }).dblclick()
      await expect(second.chrome.getByRole('tab', { name: 'Page two' })).toBeVisible()
    } finally {
      await second[Symbol.asyncDispose]()
    }
  } finally {
    await server[Symbol.asyncDispose]()
    await rm(folder, removal)
  }
})

test('pinned tabs, closed tabs and how far down a page was are there after a restart', async () => {
  test.setTimeout(120_000)
  const server = await servePages()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-tabs-'))
  try {
    const first = await launchNexus({ userDataFolder })
    try {
      const { chrome } = first
      await first.go(`${server.origin}/one`)
      await expect(chrome.getByRole('tab', { name: 'Page one' })).toBeVisible()
      await first.newTab()
      await first.go(`${server.origin}/two`)
      await expect(chrome.getByRole('tab', { name: 'Page two' })).toBeVisible()
      await first.newTab()
      await first.go(`${server.origin}/long`)
      await expect(chrome.getByRole('tab', { name: 'Long page' })).toBeVisible()
      await inMenuOf(first, 'Long page', 'Pin')
      await expect(chrome.getByRole('tab').first()).toHaveAttribute('aria-label', 'Long page, pinned')
      await inMenuOf(first, 'Page two', 'Close')
      await expect(chrome.getByRole('tab')).toHaveCount(2)
      await chrome.getByRole('tab', { name: 'Long page' }).click()
      const page = await first.page('/long')
      await page.evaluate(() => scrollTo(0, 2_345))
      // it is looked at every three seconds, and written at once
      await page.waitForTimeout(7_000)
      await first.killEverything()
    } finally {
      await first[Symbol.asyncDispose]()
    }

    const second = await launchNexus({ userDataFolder })
    try {
      const { chrome } = second
      await expect(chrome.getByRole('tab').first()).toHaveAttribute('aria-label', /^Long page, pinned/)
      const page = await second.page('/long')
      await expect.poll(() => page.evaluate(() => scrollY)).toBe(2_345)
      await chrome.keyboard.press('Control+h')
      await chrome.getByRole('button', { name: 'By day' }).click()
      await chrome
        .getByRole('region', { name: 'Recently closed' })
        .getByRole('button', { name: 'Page two' })
        .click()
      await expect(chrome.getByRole('tab', { name: 'Page two' })).toBeVisible()
    } finally {
      await second[Symbol.asyncDispose]()
    }
  } finally {
    await server[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
  }
})

async function inMenuOf({ chrome }: Nexus, tab: string, item: string): Promise<void> {
  await chrome.getByRole('tab', { name: tab }).focus()
  await chrome.keyboard.press('Shift+F10')
  await chrome.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Answers the dialogs of the system as a person would. */
async function chooseFiles({ app }: Nexus, toRead: string, toWrite: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, [read, write]) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [read ?? ''] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: write ?? '' })
    },
    [toRead, toWrite],
  )
}

const netscapeOf = (origin: string): string => `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
  <DT><H3 ADD_DATE="1700000000">Deep</H3>
  <DL><p><DT><A HREF="${origin}/two" ADD_DATE="1700000001" ICON="data:image/png;base64,AAAA" TAGS="a,b">Page two</A></DL><p>
  <DT><A HREF="${origin}/three">Page three</A>
  <DT><A HREF="javascript:alert(1)">Not a page</A>
</DL><p>`

async function servePages() {
  const titles: Readonly<Record<string, string>> = {
    '/one': 'Page one',
    '/two': 'Page two',
    '/long': 'Long page',
  }
  const server = createServer((request, response) => {
    const title = titles[request.url ?? '']
    if (title === undefined) return response.writeHead(404).end()
    const text = '<p>The tide rises in the harbour.</p>'.repeat(request.url === '/long' ? 400 : 1)
    return response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${title}</title>${text}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
