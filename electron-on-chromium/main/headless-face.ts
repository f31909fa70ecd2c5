import type { Face, FaceWindow } from './face.ts'

const nothing: Disposable = { [Symbol.dispose]: () => {} }

/** Windows that nobody sees: the pages are painted, and whoever asks gets a picture. */
export function createHeadlessFace(): Face {
  const window: FaceWindow = {
    setBounds: () => {},
    setTitle: () => {},
    setResizable: () => {},
    setMinimumSize: () => {},
    setMaximumSize: () => {},
    setBackgroundColor: () => {},
    setAlwaysOnTop: () => {},
    show: () => {},
    hide: () => {},
    minimize: () => {},
    maximize: () => {},
    restore: () => {},
    setFullScreen: () => {},
    focus: () => {},
    blur: () => {},
    setViews: () => {},
    focusView: () => {},
    on: () => nothing,
    close: () => {},
  }
  return { kind: 'headless', openWindow: () => window, close: async () => {} }
}
