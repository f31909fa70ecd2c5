import { type ActorRefFrom, assign, enqueueActions, setup } from 'xstate'
import type { Notice } from '../../contracts/browser.ts'
import { defaultSettings, type SavedTab, type Settings } from '../../contracts/storage.ts'
import { groupAfterMove, groupTabs, type TabGroup } from './tab-groups.ts'
import { type TabEvent, type TabId, tabMachine } from './tab-machine.ts'

export interface ClosedTab {
  readonly url: string
  readonly title: string
  readonly position: number
}

export interface BrowserInput {
  /** Makes ids that are unique over the life of the profile. */
  readonly makeTabId: () => TabId
}

export interface BrowserContext extends BrowserInput {
  /** In the order of the tab strip. */
  readonly tabs: readonly OpenTab[]
  readonly activeTabId: TabId | null
  /** Latest last. */
  readonly closed: readonly ClosedTab[]
  readonly notices: readonly Notice[]
  readonly settings: Settings
}

export interface OpenTab {
  readonly id: TabId
  readonly isEphemeral: boolean
  /** The name of its group; null for a tab that stands alone. */
  readonly group: string | null
  readonly ref: ActorRefFrom<typeof tabMachine>
}

export type BrowserEvent =
  /** Storage has answered, or was given up: the saved tabs, the addresses of the command line, the settings. */
  | {
      readonly type: 'restore'
      readonly saved: readonly SavedTab[]
      readonly urls: readonly string[]
      readonly settings: Settings
    }
  | {
      readonly type: 'tab.open'
      readonly url: string | null
      readonly isInBackground: boolean
      readonly afterTabId: TabId | null
    }
  /** A tab with an id chosen by the caller, outside the session; for the command line. */
  | { readonly type: 'tab.openEphemeral'; readonly id: TabId; readonly url: string }
  | { readonly type: 'tab.close'; readonly tabId: TabId }
  | { readonly type: 'tab.activate'; readonly tabId: TabId }
  | { readonly type: 'tab.move'; readonly tabId: TabId; readonly position: number }
  | { readonly type: 'tab.reopen' }
  /** These groups instead of those there were. */
  | { readonly type: 'tabs.group'; readonly groups: readonly TabGroup[] }
  | { readonly type: 'tab.tell'; readonly tabId: TabId; readonly event: TabEvent }
  | { readonly type: 'notice.add'; readonly notice: Notice }
  | { readonly type: 'notice.dismiss'; readonly id: string }
  | { readonly type: 'settings.changed'; readonly settings: Settings }
  | { readonly type: 'quit' }

/** Closed tabs that can be reopened. */
const closedTabsKept = 25
/** Older notices make room for newer ones. */
const noticesKept = 5

/**
 * The browser: which tabs there are, in which order, which one is shown, what was closed, what the person should know.
 * Each tab is an actor of its own. Views, processes and storage are reached through injected actions only.
 */
export const browserMachine = setup({
  types: { input: {} as BrowserInput, context: {} as BrowserContext, events: {} as BrowserEvent },
  actors: { tab: tabMachine },
  actions: {
    destroyView: (_, _params: { tabId: TabId }) => {},
    forgetTab: (_, _params: { tabId: TabId }) => {},
    /** Writes order and the active tab; called after either changed. */
    rememberOrder: () => {},
    finish: () => {},
  },
}).createMachine({
  id: 'browser',
  context: ({ input }) => ({
    ...input,
    tabs: [],
    activeTabId: null,
    closed: [],
    notices: [],
    settings: defaultSettings,
  }),
  initial: 'starting',
  on: {
    'notice.add': {
      actions: assign(({ context, event }) => ({
        notices: [...context.notices.filter(one => one.id !== event.notice.id), event.notice].slice(
          -noticesKept,
        ),
      })),
    },
    'notice.dismiss': {
      actions: assign(({ context, event }) => ({
        notices: context.notices.filter(one => one.id !== event.id),
      })),
    },
    'settings.changed': { actions: assign(({ event }) => ({ settings: event.settings })) },
    'tab.tell': {
      actions: enqueueActions(({ context, event, enqueue }) => {
        const tab = context.tabs.find(one => one.id === event.tabId)
        if (tab !== undefined) enqueue.sendTo(tab.ref, event.event)
      }),
    },
    quit: '.quitting',
  },
  states: {
    starting: {
      on: {
        restore: {
          target: 'running',
          actions: [
            assign(({ context, event, spawn }) => {
              const wanted: {
                id: TabId
                url: string | null
                title: string
                isActive: boolean
                group?: string | undefined
              }[] = event.saved.map(tab => ({
                id: tab.id as TabId,
                url: tab.url,
                title: tab.title,
                isActive: tab.isActive,
                group: tab.group,
              }))
              for (const url of event.urls) {
                for (const tab of wanted) tab.isActive = false
                wanted.push({ id: context.makeTabId(), url, title: '', isActive: true })
              }
              if (wanted.length === 0) {
                wanted.push({ id: context.makeTabId(), url: null, title: '', isActive: true })
              }
              const tabs = wanted.map(tab => ({
                id: tab.id,
                isEphemeral: false,
                group: tab.group ?? null,
                ref: spawn('tab', {
                  id: tab.id,
                  input: { id: tab.id, url: tab.url, title: tab.title, isEphemeral: false },
                }),
              }))
              const active = wanted.find(tab => tab.isActive) ?? wanted[0]
              return { settings: event.settings, tabs, activeTabId: active?.id ?? null }
            }),
            'rememberOrder',
            enqueueActions(({ context, enqueue }) => {
              const active = context.tabs.find(tab => tab.id === context.activeTabId)
              if (active !== undefined) enqueue.sendTo(active.ref, { type: 'show' })
            }),
          ],
        },
      },
    },
    running: {
      on: {
        'tab.open': {
          actions: enqueueActions(({ context, event, enqueue }) => {
            const id = context.makeTabId()
            const after = context.tabs.findIndex(tab => tab.id === event.afterTabId)
            const position = after === -1 ? context.tabs.length : after + 1
            enqueue.assign(({ context, spawn }) => ({
              tabs: context.tabs.toSpliced(position, 0, {
                id,
                isEphemeral: false,
                // What is opened from a tab belongs with it.
                group: context.tabs[after]?.group ?? null,
                ref: spawn('tab', { id, input: { id, url: event.url, title: '', isEphemeral: false } }),
              }),
              activeTabId: event.isInBackground ? context.activeTabId : id,
            }))
            enqueue.sendTo(({ context }) => refOf(context, id), { type: 'show' })
            enqueue('rememberOrder')
          }),
        },
        'tab.openEphemeral': {
          actions: enqueueActions(({ event, enqueue }) => {
            enqueue.assign(({ context, spawn }) => ({
              tabs: [
                ...context.tabs,
                {
                  id: event.id,
                  isEphemeral: true,
                  group: null,
                  ref: spawn('tab', {
                    id: event.id,
                    input: { id: event.id, url: event.url, title: '', isEphemeral: true },
                  }),
                },
              ],
            }))
            enqueue.sendTo(({ context }) => refOf(context, event.id), { type: 'show' })
          }),
        },
        'tab.close': {
          actions: enqueueActions(({ context, event, enqueue }) => {
            const position = context.tabs.findIndex(tab => tab.id === event.tabId)
            const tab = context.tabs[position]
            if (tab === undefined) return
            const { url, title } = tab.ref.getSnapshot().context
            const remaining = context.tabs.toSpliced(position, 1)
            const neighbour = remaining[Math.min(position, remaining.length - 1)]
            enqueue.stopChild(tab.id)
            enqueue({ type: 'destroyView', params: { tabId: tab.id } })
            enqueue.assign({
              tabs: remaining,
              activeTabId: context.activeTabId === tab.id ? (neighbour?.id ?? null) : context.activeTabId,
              closed:
                url === '' || tab.isEphemeral
                  ? context.closed
                  : [...context.closed, { url, title, position }].slice(-closedTabsKept),
            })
            if (!tab.isEphemeral) enqueue({ type: 'forgetTab', params: { tabId: tab.id } })
            // The last tab leaves a fresh one behind: a window without tabs has nothing to type into.
            if (remaining.every(one => one.isEphemeral) && !tab.isEphemeral) {
              enqueue.raise({ type: 'tab.open', url: null, isInBackground: false, afterTabId: null })
            } else {
              enqueue.sendTo(({ context }) => refOf(context, context.activeTabId), { type: 'show' })
              enqueue('rememberOrder')
            }
          }),
        },
        'tab.activate': {
          guard: ({ context, event }) => context.tabs.some(tab => tab.id === event.tabId),
          actions: [
            assign(({ event }) => ({ activeTabId: event.tabId })),
            enqueueActions(({ event, enqueue }) => {
              enqueue.sendTo(({ context }) => refOf(context, event.tabId), { type: 'show' })
            }),
            'rememberOrder',
          ],
        },
        'tab.move': {
          actions: [
            assign(({ context, event }) => {
              const tab = context.tabs.find(one => one.id === event.tabId)
              if (tab === undefined) return {}
              const others = context.tabs.filter(one => one !== tab)
              const position = Math.min(event.position, others.length)
              const moved = { ...tab, group: groupAfterMove(tab, others, position) }
              return { tabs: others.toSpliced(position, 0, moved) }
            }),
            'rememberOrder',
          ],
        },
        'tabs.group': {
          actions: [
            assign(({ context, event }) => ({ tabs: groupTabs(context.tabs, event.groups) })),
            'rememberOrder',
          ],
        },
        'tab.reopen': {
          actions: enqueueActions(({ context, enqueue }) => {
            const last = context.closed.at(-1)
            if (last === undefined) return
            enqueue.assign({ closed: context.closed.slice(0, -1) })
            const before = context.tabs[last.position - 1]
            enqueue.raise({
              type: 'tab.open',
              url: last.url,
              isInBackground: false,
              afterTabId: before?.id ?? null,
            })
          }),
        },
      },
    },
    quitting: { type: 'final', entry: 'finish' },
  },
})

function refOf(context: BrowserContext, tabId: TabId | null): ActorRefFrom<typeof tabMachine> | string {
  return context.tabs.find(tab => tab.id === tabId)?.ref ?? 'nobody'
}

export type BrowserSnapshot = ReturnType<(typeof browserMachine)['getInitialSnapshot']>
