/**
 * Checked by the compiler, never run: what the stand-in exports can stand wherever an application expects what
 * Electron declares. What is not made is listed with the class; a member that is neither is an error here.
 */
import type * as Electron from 'electron'
import type { App } from './app.ts'
import type { BaseWindow } from './base-window.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { Debugger } from './debugger.ts'
import type { NavigationHistory } from './navigation-history.ts'
import type {
  unmadeAppMembers,
  unmadeBaseWindowMembers,
  unmadeBrowserWindowMembers,
  unmadeWebContentsMembers,
} from './unmade-members.ts'
import type { View, WebContentsView } from './view.ts'
import type { WebContents } from './web-contents.ts'

type Assignable<Target, Source extends Target> = Source
type Names<List extends readonly string[]> = List[number]

/** Everything but what `unmade-members.ts` lists: a member that is neither made nor listed is an error here. */
type Made<Declared, Unmade extends PropertyKey> = Omit<Declared, Unmade | keyof NodeJS.EventEmitter>

/** Members that hold objects of other classes: those are checked on their own. */
type WindowLinks =
  | 'contentView'
  | 'getChildWindows'
  | 'getParentWindow'
  | 'getContentView'
  | 'setContentView'
  | 'setParentWindow'
type ContentsLinks =
  | 'debugger'
  | 'focusedFrame'
  | 'ipc'
  | 'mainFrame'
  | 'navigationHistory'
  | 'opener'
  | 'session'

export type Checks = [
  Assignable<Made<Electron.App, Names<typeof unmadeAppMembers> | 'applicationMenu'>, App>,
  Assignable<Made<Electron.View, 'addChildView' | 'children' | 'removeChildView'>, View>,
  Assignable<
    Made<Electron.WebContentsView, 'addChildView' | 'children' | 'removeChildView' | 'webContents'>,
    WebContentsView
  >,
  Assignable<Made<Electron.Debugger, never>, Debugger>,
  Assignable<Made<Electron.NavigationHistory, never>, NavigationHistory>,
  Assignable<Made<Electron.BaseWindow, Names<typeof unmadeBaseWindowMembers> | WindowLinks>, BaseWindow>,
  Assignable<
    Made<
      Electron.BrowserWindow,
      | Names<typeof unmadeBaseWindowMembers>
      | Names<typeof unmadeBrowserWindowMembers>
      | WindowLinks
      | 'webContents'
    >,
    BrowserWindow
  >,
  Assignable<Made<Electron.WebContents, Names<typeof unmadeWebContentsMembers> | ContentsLinks>, WebContents>,
]
