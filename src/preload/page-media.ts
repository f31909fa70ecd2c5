import type { MediaAction, PageMedia } from '../../contracts/page-media.ts'

/** The page's own answers to next and previous, kept where they were registered; see `media-actions.ts`. */
export interface PageActions {
  names(): readonly string[]
  run(name: string): boolean
}

const longestLine = 500
const mostArtwork = 3
/** Of the picture of a cover, in CSS pixels. */
const artworkSide = 96

/**
 * What plays in this document and how it is steered: by its media elements, which are shared between the worlds of a
 * page, and by what the page told the engine (https://w3c.github.io/mediasession/).
 */
export class MediaOfPage {
  readonly #document: Document
  readonly #session: MediaSession | undefined
  readonly #actions: PageActions
  #lastPlayed: WeakRef<HTMLMediaElement> | null = null
  #isAutoplayBlocked = false

  constructor(document: Document, session: MediaSession | undefined, actions: PageActions) {
    this.#document = document
    this.#session = session
    this.#actions = actions
    // Events of media do not bubble, but they are caught on their way down.
    document.addEventListener('play', event => this.#began(event.target), true)
  }

  state(): PageMedia {
    const element = this.#element()
    const metadata = this.#session?.metadata ?? null
    const names = this.#actions.names()
    const duration = element?.duration ?? Number.NaN
    return {
      hasMedia: element !== null || metadata !== null,
      isPlaying: element === null ? this.#session?.playbackState === 'playing' : isPlaying(element),
      title: line(metadata?.title),
      artist: line(metadata?.artist),
      album: line(metadata?.album),
      artworkUrls: artworkOf(metadata),
      durationSeconds: Number.isFinite(duration) ? duration : null,
      positionSeconds: element === null ? null : element.currentTime,
      canSeek: element !== null && element.seekable.length > 0 && Number.isFinite(duration),
      hasNext: names.includes('nexttrack'),
      hasPrevious: names.includes('previoustrack'),
    }
  }

  async act(action: MediaAction): Promise<boolean> {
    const element = this.#element()
    switch (action.kind) {
      case 'next':
        return this.#actions.run('nexttrack')
      case 'previous':
        return this.#actions.run('previoustrack')
      case 'play':
        if (element === null) return this.#actions.run('play')
        await element.play()
        return true
      case 'pause':
        if (element === null) return this.#actions.run('pause')
        for (const one of this.#elements()) if (isPlaying(one)) one.pause()
        return true
      case 'stop':
        if (this.#actions.run('stop')) return true
        for (const one of this.#elements()) one.pause()
        return element !== null
      case 'seekTo':
        return seek(element, action.seconds)
      case 'seekBy':
        return seek(element, (element?.currentTime ?? 0) + action.seconds)
    }
  }

  /** From now on media that begins before the person touched the page is stopped again, silent media too. */
  setAutoplay(isBlocked: boolean): void {
    this.#isAutoplayBlocked = isBlocked
    if (!isBlocked || this.#wasTouched()) return
    for (const element of this.#elements()) if (isPlaying(element)) element.pause()
  }

  /** Everything that plays now. */
  playing(): readonly HTMLMediaElement[] {
    return this.#elements().filter(isPlaying)
  }

  #began(target: EventTarget | null): void {
    if (!(target instanceof HTMLMediaElement)) return
    if (this.#isAutoplayBlocked && !this.#wasTouched()) {
      target.pause()
      return
    }
    this.#lastPlayed = new WeakRef(target)
  }

  #wasTouched(): boolean {
    return this.#document.defaultView?.navigator.userActivation.hasBeenActive ?? false
  }

  #elements(): readonly HTMLMediaElement[] {
    return [...this.#document.querySelectorAll<HTMLMediaElement>('video, audio')]
  }

  /** What the person means by "what plays": what plays now, the longest of it, or else what played last. */
  #element(): HTMLMediaElement | null {
    const [longest] = this.playing().toSorted((one, other) => lengthOf(other) - lengthOf(one))
    if (longest !== undefined) return longest
    const last = this.#lastPlayed?.deref()
    if (last !== undefined && (last.isConnected || isPlaying(last))) return last
    return this.#elements().find(element => element.currentSrc !== '') ?? null
  }
}

function isPlaying(element: HTMLMediaElement): boolean {
  return !element.paused && !element.ended
}

/** What has no end is the longest. */
function lengthOf({ duration }: HTMLMediaElement): number {
  return Number.isNaN(duration) ? 0 : duration
}

function seek(element: HTMLMediaElement | null, seconds: number): boolean {
  if (element === null || element.seekable.length === 0 || !Number.isFinite(element.duration)) return false
  element.currentTime = Math.min(Math.max(0, seconds), element.duration)
  return true
}

function line(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, longestLine).toWellFormed()
}

function artworkOf(metadata: MediaMetadata | null): string[] {
  const pictures = (metadata?.artwork ?? []).filter(({ src }) => /^https?:/.test(src) && src.length <= 4_000)
  return pictures
    .toSorted((one, other) => distance(one) - distance(other))
    .slice(0, mostArtwork)
    .map(({ src }) => src)
}

/** How far a picture is from the size that is shown; smaller ones are further than larger ones. */
function distance({ sizes }: MediaImage): number {
  const side = Number(/(\d{1,5})x\d/.exec(sizes ?? '')?.[1] ?? '0')
  return side >= artworkSide ? side - artworkSide : 10_000 - side
}
