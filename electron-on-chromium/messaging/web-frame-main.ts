import { EventEmitter } from 'node:events'
import { IpcMain } from './ipc-main.ts'

/** What a frame asks of the page it belongs to. */
export interface FramePage {
  send(frameId: string, channel: string, args: readonly unknown[]): void
  postMessage(frameId: string, channel: string, message: unknown, transfer: unknown): void
  executeJavaScript(frameId: string, code: string, hasUserGesture: boolean): Promise<unknown>
  reload(frameId: string): boolean
  visibilityState(frameId: string): string
  processId(frameId: string): number
}

/** What is known of a frame, kept up by the page. */
export interface FrameFacts {
  /** Empty until the page exists. */
  frameId: string
  readonly routingId: number
  parent: WebFrameMain | null
  readonly children: WebFrameMain[]
  url: string
  origin: string
  name: string
  isGone: boolean
}

const framesByRoutingId = new Map<number, WebFrameMain>()
const factsOf = new WeakMap<WebFrameMain, FrameFacts>()

/** @internal The facts of a frame, for the page that keeps them up. */
export function frameFacts(frame: WebFrameMain): FrameFacts {
  const facts = factsOf.get(frame)
  if (!facts) throw new TypeError('not a frame of ours')
  return facts
}

/** Electron's WebFrameMain. Emits 'dom-ready'. */
export class WebFrameMain extends EventEmitter {
  /** Scoped to this frame. */
  readonly ipc: IpcMain = new IpcMain()
  readonly #facts: FrameFacts
  readonly #page: FramePage

  /** @internal */
  constructor(facts: FrameFacts, page: FramePage) {
    super()
    this.#facts = facts
    this.#page = page
    factsOf.set(this, facts)
    framesByRoutingId.set(facts.routingId, this)
  }

  static fromId(processId: number, routingId: number): WebFrameMain | undefined {
    const frame = framesByRoutingId.get(routingId)
    return frame && !frame.isDestroyed() && frame.processId === processId ? frame : undefined
  }

  static fromFrameToken(processId: number, frameToken: string): WebFrameMain | null {
    for (const frame of framesByRoutingId.values())
      if (frame.frameToken === frameToken && frame.processId === processId) return frame
    return null
  }

  get url(): string {
    return this.#facts.url
  }

  get origin(): string {
    return this.#facts.origin
  }

  get name(): string {
    return this.#facts.name
  }

  get routingId(): number {
    return this.#facts.routingId
  }

  get frameTreeNodeId(): number {
    return this.#facts.routingId
  }

  get frameToken(): string {
    return this.#facts.frameId
  }

  get processId(): number {
    return this.#page.processId(this.#facts.frameId)
  }

  get osProcessId(): number {
    return this.#page.processId(this.#facts.frameId)
  }

  get parent(): WebFrameMain | null {
    return this.#facts.parent
  }

  get top(): WebFrameMain | null {
    let frame: WebFrameMain = this
    for (let parent = frame.parent; parent; parent = frame.parent) frame = parent
    return frame
  }

  get frames(): WebFrameMain[] {
    return [...this.#facts.children]
  }

  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.#facts.children.flatMap(child => child.framesInSubtree)]
  }

  get detached(): boolean {
    return this.#facts.isGone
  }

  get visibilityState(): string {
    return this.#page.visibilityState(this.#facts.frameId)
  }

  isDestroyed(): boolean {
    return this.#facts.isGone
  }

  /** Runs in the page's own world. Rejects with what the code threw. */
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.#page.executeJavaScript(this.#facts.frameId, String(code), userGesture)
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
    this.#page.send(this.#facts.frameId, channel, args)
  }

  postMessage(...parameters: [channel: string, message: unknown, transfer?: readonly unknown[]]): void {
    if (parameters.length < 2) throw new TypeError('Insufficient number of arguments.')
    const [channel, message, transfer] = parameters
    if (typeof channel !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure')
    this.#page.postMessage(this.#facts.frameId, channel, message, transfer)
  }

  reload(): boolean {
    return this.#page.reload(this.#facts.frameId)
  }
}

/** @internal The frame is gone for good. */
export function forgetFrame(frame: WebFrameMain): void {
  const facts = frameFacts(frame)
  facts.isGone = true
  framesByRoutingId.delete(facts.routingId)
  for (const child of facts.children) forgetFrame(child)
  if (facts.parent) {
    const siblings = frameFacts(facts.parent).children
    const index = siblings.indexOf(frame)
    if (index !== -1) siblings.splice(index, 1)
  }
}

/** Electron's `webFrameMain`. */
export const webFrameMain = {
  fromId: WebFrameMain.fromId,
  fromFrameToken: WebFrameMain.fromFrameToken,
}
