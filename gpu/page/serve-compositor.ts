import { compositorContract, type ShaderResult } from '../../contracts/compositor.ts'
import type { PayloadOf } from '../../ipc/contract.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { moved } from '../../ipc/moving.ts'
import { MeaningMapView } from '../map/meaning-map-view.ts'
import { Overview } from '../overview/overview.ts'
import { encodePicture } from '../pictures/encode-picture.ts'
import { tabsContext } from '../pictures/pictures.ts'
import { playClip } from '../video/video-player.ts'
import { gatherFacts } from './facts.ts'
import { PreviewCard } from './preview-card.ts'
import { Stage } from './stage.ts'

/** Of the picture, in pixels of the screen: the card is 272 wide, on dense screens too. */
const previewWidth = 480

type Events = (typeof compositorContract)['events']

/** Serves what main may ask of the compositor, and announces what a person wishes on it. */
export function serveCompositor(endpoint: Endpoint, host: HTMLElement): Stage {
  function announce<E extends keyof Events & string>(event: E, payload: PayloadOf<Events[E]>): void {
    endpoint.announce(compositorContract, event, payload)
  }
  const stage = new Stage({
    host,
    now: () => performance.now(),
    onFramesWanted: tabIds => announce('framesWanted', { tabIds: [...tabIds] }),
    onContextLost: (losses, isSoftware) => announce('contextLost', { losses, isSoftware }),
    onMoved: times => announce('frameTimes', times),
  })
  const preview = new PreviewCard()
  host.append(preview.element)
  const redraw = (): void => stage.redraw()
  const dismiss = (): void => announce('dismissed', {})
  const overview = new Overview({
    choose: tabId => announce('tabChosen', { tabId }),
    close: tabId => announce('closeAsked', { tabId }),
    restart: tabId => announce('restartAsked', { tabId }),
    sleepGroup: group => announce('sleepGroupAsked', { group }),
    groupByTopic: () => announce('groupByTopicAsked', {}),
    search: query => announce('queryChanged', { surface: 'overview', query }),
    dismiss,
    redraw,
  })
  const map = new MeaningMapView({
    choose: id => announce('pointChosen', { id }),
    search: query => announce('queryChanged', { surface: 'map', query }),
    dismiss,
    redraw,
  })
  endpoint.serve(compositorContract, {
    ping: () => ({}),
    setAppearance: appearance => {
      stage.setAppearance(appearance)
      return {}
    },
    setTabs: tabs => {
      overview.setTabs(tabs)
      stage.pictures.keepOnly(new Set(tabs.tabs.map(tab => tab.id)))
      stage.icons.keepOnly(new Set(tabs.tabs.flatMap(tab => tab.iconDataUrl ?? [])))
      return {}
    },
    putFrame: async frame => {
      await stage.pictures.put(frame)
      stage.arrived(frame.tabId)
      return {}
    },
    forgetFrame: ({ tabId }) => {
      stage.pictures.forget(tabId)
      stage.redraw()
      return {}
    },
    open: async ({ surface, query }) => {
      preview.hide()
      await stage.open(surface === 'map' ? map : overview, query)
      return {}
    },
    close: async () => {
      await stage.close()
      return {}
    },
    setMatches: ({ surface, query, ids }) => {
      const found = surface === 'map' ? map : overview
      found.setMatches(query, ids)
      return {}
    },
    setPreview: async ({ tab }) => {
      if (tab === null) {
        preview.hide()
        return {}
      }
      const picture = await encodePicture(stage.graphics.painter, tabsContext, tab.id, previewWidth)
      await preview.show(tab.title, tab.detail, picture)
      return {}
    },
    setMap: pages => {
      map.setMap(pages)
      return {}
    },
    thumbnail: async ({ tabId, width }) => {
      const picture = await encodePicture(stage.graphics.painter, tabsContext, tabId, width)
      if (picture === null) throw new IpcError('NO_PICTURE', `There is no picture of the tab "${tabId}".`)
      return { ...picture, bytes: moved(picture.bytes) }
    },
    facts: () => gatherFacts(stage),
    createContext: ({ contextId, budgetBytes }) => {
      stage.budget.create(contextId, budgetBytes)
      return {}
    },
    destroyContext: ({ contextId }) => {
      for (const id of stage.budget.texturesOf(contextId)) stage.graphics.painter.forgetPicture(contextId, id)
      stage.budget.destroy(contextId)
      return {}
    },
    compileShader: ({ kind, source }) => compileShader(stage, kind, source),
    playVideo: ({ contextId, textureId, ...clip }, call) => {
      stage.budget.texturesOf(contextId)
      return playClip(clip, call.input, frame => {
        const size = { width: frame.displayWidth, height: frame.displayHeight }
        stage.graphics.painter.putPicture(contextId, textureId, frame, size)
        stage.redraw()
      })
    },
  })
  return stage
}

function compileShader(stage: Stage, kind: 'vertex' | 'fragment', source: string): ShaderResult {
  const compiled = stage.graphics.gl?.programs.compile(kind, source)
  if (compiled === undefined) return { kind: 'unavailable' }
  if (compiled.kind === 'broken') return { kind: 'broken', errors: [...compiled.errors] }
  const { compileMs, isCached } = compiled
  return { kind: 'compiled', compileMs, isCached }
}
