import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..', '..')

/** How a profile is removed: the engine may still be putting its last files away. */
export const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }

/** The running browser, as a person and as a tester see it. */
export interface Nexus extends AsyncDisposable {
  readonly app: ElectronApplication
  /** The document of the chrome UI. */
  readonly chrome: Page
  readonly userDataFolder: string
  /** What main wrote to the terminal so far. */
  readonly terminal: () => string
  /** Types an address into the omnibox and presses Enter. */
  go(address: string): Promise<void>
  /** Opens a tab, and waits until the window shows it: nobody types faster than that. */
  newTab(): Promise<void>
  newPrivateTab(): Promise<void>
  /** The document of the tab that shows this address. */
  page(urlPart: string): Promise<Page>
  /** Ends every process of the browser as a power cut would. */
  killEverything(): Promise<void>
}

export interface LaunchOptions {
  readonly userDataFolder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** Starts the built application, without a window to look at, on a profile of its own. */
export async function launchNexus(options: LaunchOptions = {}): Promise<Nexus> {
  const executablePath = process.env.NEXUS_ELECTRON
  if (executablePath === undefined) throw new Error('Run these tests with "npm run test:e2e".')
  const userDataFolder = options.userDataFolder ?? (await mkdtemp(path.join(tmpdir(), 'nexus-e2e-')))
  const app = await _electron.launch({
    executablePath,
    cwd: root,
    chromiumSandbox: true,
    args: [root, '--headless', ...(options.args ?? [])],
    env: { ...definedEnvironment(), NEXUS_USER_DATA: userDataFolder, ...options.environment },
    timeout: 30_000,
  })
  giveTurns(app)
  let terminal = ''
  app.process().stderr?.on('data', (chunk: Buffer) => {
    terminal += chunk.toString('utf8')
  })
  const chrome = await findPage(app, page =>
    page.getByRole('tablist', { name: 'Tabs' }).count().then(Boolean),
  )
  await expect(chrome.getByRole('tab').first()).toBeVisible()
  return {
    app,
    chrome,
    userDataFolder,
    terminal: () => terminal,
    async go(address) {
      const omnibox = chrome.getByRole('combobox', { name: 'Address and search' })
      // What the last page still does may change the field between the parts of a filling; nobody types so fast.
      await expect(async () => {
        await omnibox.fill(address)
        expect((await omnibox.inputValue()).startsWith(address)).toBe(true)
      }).toPass({ timeout: 10_000 })
      await omnibox.press('Enter')
    },
    async newTab() {
      const tabs = chrome.getByRole('tab')
      const before = await tabs.count()
      await chrome.getByRole('button', { name: 'New tab', exact: true }).click()
      // Another new tab may have been in view already.
      await expect(tabs).toHaveCount(before + 1)
      await expect(chrome.getByRole('tab', { name: 'New tab', selected: true })).toBeVisible()
    },
    async newPrivateTab() {
      await chrome.keyboard.press('Control+Shift+N')
      await expect(chrome.getByRole('tab', { name: 'New tab, private', selected: true })).toBeVisible()
    },
    page: urlPart => findPage(app, async page => page.url().includes(urlPart)),
    async killEverything() {
      const main = app.process()
      const gone = new Promise(resolve => main.once('exit', resolve))
      for (const pid of [...descendants(main.pid ?? 0), main.pid ?? 0].reverse()) killQuietly(pid)
      await gone
    },
    async [Symbol.asyncDispose]() {
      await app.close().catch(() => {})
      if (options.userDataFolder === undefined) await rm(userDataFolder, removal)
    },
  }
}

/**
 * From now on what `evaluate` runs in main is a turn of its own. Playwright's call goes through Node's inspector, which
 * interrupts whatever main is in the middle of, between any two calls of functions.
 */
function giveTurns(app: ElectronApplication): void {
  const evaluate: (work: () => void, argument: unknown) => Promise<unknown> = app.evaluate.bind(app)
  const inTurn = (work: () => void, argument?: unknown): Promise<unknown> => {
    const source = `async (electron, argument) => {
      await new Promise(resolve => setImmediate(resolve))
      return (${work})(electron, argument)
    }`
    // Playwright sends the text of a function.
    return evaluate(
      Object.assign(() => {}, { toString: () => source }),
      argument,
    )
  }
  Object.assign(app, { evaluate: inTurn })
}

/** The first document for which `isWanted` holds, now or soon. */
async function findPage(app: ElectronApplication, isWanted: (page: Page) => Promise<boolean>): Promise<Page> {
  let found: Page | null = null
  await expect
    .poll(
      async () => {
        for (const page of app.windows()) {
          if (await isWanted(page).catch(() => false)) {
            found = page
            return true
          }
        }
        return false
      },
      { timeout: 20_000, message: 'no such document appeared' },
    )
    .toBe(true)
  if (found === null) throw new Error('unreachable')
  return found
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended on its own meanwhile.
  }
}

/** Every process below this one, parents before children. Linux only, like the rest of what kills by force here. */
export function descendants(pid: number): number[] {
  const { readdirSync, readFileSync } = process.getBuiltinModule('node:fs')
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // It ended while we looked.
    }
  }
  const below = (one: number): number[] =>
    (children.get(one) ?? []).flatMap(child => [child, ...below(child)])
  return below(pid)
}
