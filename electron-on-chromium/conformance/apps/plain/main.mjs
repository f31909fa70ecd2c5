import { app } from 'electron'
import { reportEvents } from '../shared/report.mjs'

reportEvents('will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit')
void app.whenReady().then(() => app.quit())
