import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import type { SleepingPage } from './sleeping-page.ts'
import { tabMachine } from './tab-machine.ts'
import type { TabId, TabIntent } from './tab-model.ts'

const url = 'http://example.test/'
const sleeping: SleepingPage = {
  url,
  fields: [],
  session: [],
  history: { entries: [{ url, title: 'Example' }], index: 0 },
}

function start() {
  const done: string[] = []
  const actor = createActor(
    tabMachine.provide({
      actions: {
        load: (_, params) => done.push(params.sleeping === sleeping ? 'load with what was kept' : 'load'),
        reload: () => done.push('reload'),
        goBack: () => done.push('goBack'),
        unload: () => done.push('unload'),
        freezePage: () => done.push('freeze'),
        thawPage: () => done.push('thaw'),
      },
    }),
    { input: { id: 't' as TabId, url: null, title: '', isEphemeral: false, isPrivate: false } },
  )
  actor.start()
  actor.send({ type: 'go', url })
  return {
    actor,
    done,
    load: () => {
      actor.send({ type: 'page.started', url })
      actor.send({ type: 'page.navigated', url, isSameDocument: false, canGoBack: true, canGoForward: false })
      actor.send({ type: 'page.finished' })
      done.length = 0
    },
    context: () => actor.getSnapshot().context,
    page: () => actor.getSnapshot().value.page,
  }
}

function shown() {
  const tab = start()
  tab.load()
  return tab
}

describe('a page that stands still', () => {
  it.each<[string, TabIntent, string[]]>([
    ['is looked at', { type: 'show' }, ['freeze', 'thaw']],
    ['is asked to go on', { type: 'unfreeze' }, ['freeze', 'thaw']],
    ['is loaded again', { type: 'reload' }, ['freeze', 'thaw', 'reload']],
    ['goes back', { type: 'goBack' }, ['freeze', 'thaw', 'goBack']],
    ['goes elsewhere', { type: 'go', url }, ['freeze', 'thaw', 'load']],
    ['is read', { type: 'analyze' }, ['freeze', 'thaw']],
    ['is to be kept awake', { type: 'keepAwake', isKeptAwake: true }, ['freeze', 'thaw']],
    ['is put to sleep', { type: 'sleep' }, ['freeze', 'thaw', 'unload']],
  ])('moves again before it %s', (_what, intent, expected) => {
    const { actor, done, context } = shown()
    actor.send({ type: 'freeze' })
    expect(context().isFrozen).toBe(true)
    actor.send({ type: 'freeze' })
    actor.send(intent)
    expect([context().isFrozen, done]).toEqual([false, expected])
  })

  it('is not taken for one that does not answer', () => {
    const { actor, page } = shown()
    actor.send({ type: 'freeze' })
    actor.send({ type: 'page.unresponsive' })
    expect(page()).toBe('page')
    actor.send({ type: 'unfreeze' })
    actor.send({ type: 'page.unresponsive' })
    expect(page()).toBe('unresponsive')
  })

  it('is one that has loaded and answers', () => {
    const { actor, context, load } = start()
    actor.send({ type: 'freeze' })
    expect(context().isFrozen).toBe(false)
    load()
    actor.send({ type: 'page.unresponsive' })
    actor.send({ type: 'freeze' })
    expect(context().isFrozen).toBe(false)
  })

  it('and loses its process is no more', () => {
    const { actor, context, page } = shown()
    actor.send({ type: 'freeze' })
    actor.send({ type: 'page.gone', gone: { reason: 'killed', exitCode: 9, at: 0 } })
    expect([context().isFrozen, page()]).toEqual([false, 'gone'])
  })
})

describe('a page that sleeps', () => {
  it('comes back with what was kept of it when it is shown, and then holds nothing more', () => {
    const { actor, context, done, page } = shown()
    actor.send({ type: 'sleep', sleeping })
    expect([page(), context().isAsleep, context().isLoading]).toEqual(['deferred', true, false])
    actor.send({ type: 'show' })
    expect(done).toEqual(['unload', 'load with what was kept'])
    expect([page(), context().isAsleep, context().sleeping]).toEqual(['page', false, null])
  })

  it('and is told to go elsewhere is awake, without what was kept', () => {
    const { actor, context, done } = shown()
    actor.send({ type: 'sleep', sleeping })
    actor.send({ type: 'go', url: 'http://other.test/' })
    expect([done, context().isAsleep, context().sleeping]).toEqual([['unload', 'load'], false, null])
  })
})
