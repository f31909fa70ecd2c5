import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { Surface } from './compositor.ts'
import { GpuReport } from './gpu-facts.ts'
import { roles } from './roles.ts'

const callers = roles('chrome')
const nothing = Type.Object({})
const intent = { result: nothing, callers, deadlineMs: 5_000, idempotent: true } as const

/** The overview of all tabs and the map, as the chrome UI steers them. Served by the controller. */
export const overviewViewContract = defineContract('overviewView', {
  methods: {
    /** Lays it over the page area. Answers when it stands. */
    open: method({ ...intent, args: Type.Object({ surface: Surface }), deadlineMs: 20_000 }),
    close: method({ ...intent, args: nothing }),
    /**
     * Shows a tab in small under its place in the strip, `left` and `top` in CSS pixels of the window; null takes it away.
     * Nothing comes of it where there is no picture of the tab, or previews are switched off.
     */
    preview: method({
      ...intent,
      args: Type.Object({
        tab: Type.Union([
          Type.Object({
            tabId: Type.String({ maxLength: 100 }),
            left: Type.Integer({ minimum: 0, maximum: 20_000 }),
            top: Type.Integer({ minimum: 0, maximum: 20_000 }),
          }),
          Type.Null(),
        ]),
      }),
    }),
    /** For the page "Graphics". */
    graphics: method({ args: nothing, result: GpuReport, callers, deadlineMs: 10_000, idempotent: true }),
  },
  events: {
    /** What lies over the page area now; null for the page. */
    surfaceChanged: event({
      payload: Type.Object({ surface: Type.Union([Surface, Type.Null()]) }),
      listeners: callers,
    }),
  },
})
