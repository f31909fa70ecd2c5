import { type ActorRefFrom, assign, enqueueActions, setup } from 'xstate'
import { defaultSettings } from '../../contracts/storage.ts'
import type { BrowserContext, BrowserEvent, BrowserInput, ClosedTab, RestoredTab } from './browser-model.ts'
import { tabMachine } from './tab-machine.ts'
import type { TabId } from './tab-model.ts'
import { groupUnpinned, moveTab, pinTab, placeOfNew } from './tab-order.ts'

/** Closed tabs that can be reopened. */
export const closedTabsKept = 25
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
    /** The tab is gone and can be reopened. */
    rememberClosed: (_, _params: { closed: ClosedTab }) => {},
    /** It was reopened, or is not to be known any more. */
    forgetClosed: (_, _params: { tabId: TabId }) => {},
    /** The last private tab is gone. */
    endPrivate: () => {},
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
        // What is looked at neither stands still nor goes.
        const isRest = event.event.type === 'freeze' || event.event.type === 'sleep'
        if (tab === undefined || (isRest && tab.id === context.activeTabId)) return
        enqueue.sendTo(tab.ref, event.event)
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
              const fresh = { title: '', isActive: true }
              const wanted: (Omit<RestoredTab, 'id' | 'position'> & { readonly id: TabId })[] =
                event.saved.map(tab => ({
                  ...tab,
                  id: tab.id as TabId,
                  isActive: tab.isActive && event.urls.length === 0,
                }))
              for (const url of event.urls) wanted.push({ ...fresh, id: context.makeTabId(), url })
              if (wanted.length === 0) wanted.push({ ...fresh, id: context.makeTabId(), url: null })
              const tabs = wanted.map(
                ({ id, url, title, group, scroll, isPinned = false, isHeldBack = false }) => ({
                  id,
                  isEphemeral: false,
                  isPrivate: false,
                  isPinned,
                  group: isPinned ? null : (group ?? null),
                  ref: spawn('tab', {
                    id,
                    input: {
                      id,
                      url,
                      title,
                      isEphemeral: false,
                      isPrivate: false,
                      isHeldBack,
                      ...(scroll === undefined ? {} : { scroll }),
                    },
                  }),
                }),
              )
              const active = wanted.findLast(tab => tab.isActive) ?? wanted[0]
              return {
                settings: event.settings,
                tabs: tabs.toSorted((one, other) => Number(other.isPinned) - Number(one.isPinned)),
                closed: (event.closed ?? []).slice(-closedTabsKept),
                activeTabId: active?.id ?? null,
              }
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
            const opener = context.tabs.find(tab => tab.id === event.afterTabId)
            // What is opened from a tab belongs with it.
            const { isPrivate = opener?.isPrivate ?? false, isPinned = false } = event
            enqueue.assign(({ context, spawn }) => {
              const { url, scroll } = event
              const place = scroll === undefined ? {} : { scroll }
              const input = { id, url, title: '', isEphemeral: false, isPrivate, ...place }
              const ref = spawn('tab', { id, input })
              const group = opener?.group ?? null
              const tab = { id, isEphemeral: false, isPrivate, isPinned: false, group, ref }
              const tabs = context.tabs.toSpliced(placeOfNew(context.tabs, event.afterTabId), 0, tab)
              return {
                tabs: pinTab(tabs, id, isPinned),
                activeTabId: event.isInBackground ? context.activeTabId : id,
              }
            })
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
                  isPrivate: false,
                  isPinned: false,
                  group: null,
                  ref: spawn('tab', {
                    id: event.id,
                    input: { id: event.id, url: event.url, title: '', isEphemeral: true, isPrivate: false },
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
            const { url, title, scroll } = tab.ref.getSnapshot().context
            const closed = {
              id: tab.id,
              url,
              title,
              position,
              isPinned: tab.isPinned,
              scroll,
              closedAt: context.now(),
            }
            const isReopenable = url !== '' && !tab.isEphemeral && !tab.isPrivate
            const remaining = context.tabs.toSpliced(position, 1)
            const neighbour = remaining[Math.min(position, remaining.length - 1)]
            enqueue.stopChild(tab.id)
            enqueue({ type: 'destroyView', params: { tabId: tab.id } })
            enqueue.assign({
              tabs: remaining,
              activeTabId: context.activeTabId === tab.id ? (neighbour?.id ?? null) : context.activeTabId,
              closed: isReopenable ? [...context.closed, closed].slice(-closedTabsKept) : context.closed,
            })
            if (isReopenable) enqueue({ type: 'rememberClosed', params: { closed } })
            else if (!tab.isEphemeral && !tab.isPrivate) {
              enqueue({ type: 'forgetTab', params: { tabId: tab.id } })
            }
            if (tab.isPrivate && !remaining.some(one => one.isPrivate)) enqueue('endPrivate')
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
            assign(({ context, event }) => ({ tabs: moveTab(context.tabs, event.tabId, event.position) })),
            'rememberOrder',
          ],
        },
        'tab.pin': {
          actions: [
            assign(({ context, event }) => ({ tabs: pinTab(context.tabs, event.tabId, event.isPinned) })),
            'rememberOrder',
          ],
        },
        'tab.duplicate': {
          actions: enqueueActions(({ context, event, enqueue }) => {
            const tab = context.tabs.find(one => one.id === event.tabId)
            if (tab === undefined || tab.isEphemeral) return
            const { url } = tab.ref.getSnapshot().context
            enqueue.raise({
              type: 'tab.open',
              url: url === '' ? null : url,
              isInBackground: false,
              afterTabId: tab.id,
            })
          }),
        },
        'tabs.group': {
          actions: [
            assign(({ context, event }) => ({ tabs: groupUnpinned(context.tabs, event.groups) })),
            'rememberOrder',
          ],
        },
        'tab.reopen': {
          actions: enqueueActions(({ context, event, enqueue }) => {
            const { closedId } = event
            const wanted =
              closedId === undefined
                ? context.closed.at(-1)
                : context.closed.find(closed => closed.id === closedId)
            if (wanted === undefined) return
            enqueue.assign({ closed: context.closed.filter(closed => closed !== wanted) })
            enqueue({ type: 'forgetClosed', params: { tabId: wanted.id } })
            const before = context.tabs[wanted.position - 1]
            enqueue.raise({
              type: 'tab.open',
              url: wanted.url,
              isInBackground: false,
              afterTabId: before?.id ?? null,
              isPrivate: false,
              isPinned: wanted.isPinned,
              scroll: wanted.scroll,
            })
          }),
        },
        'closed.forget': {
          actions: enqueueActions(({ context, event, enqueue }) => {
            enqueue.assign({ closed: context.closed.filter(({ id }) => !event.closedIds.includes(id)) })
            for (const tabId of event.closedIds) enqueue({ type: 'forgetClosed', params: { tabId } })
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
