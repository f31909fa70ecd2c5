import { crashCases } from './cases/crashes.ts'
import { downloadCases } from './cases/downloads.ts'
import { historyCases } from './cases/history.ts'
import { libraryCases } from './cases/library.ts'
import { mediaCases } from './cases/media.ts'
import { memoryLimitCases } from './cases/memory-limits.ts'
import { messageCases } from './cases/messages.ts'
import { networkCases } from './cases/network.ts'
import { omniboxCases } from './cases/omnibox.ts'
import { pageAreaCases } from './cases/page-area.ts'
import { panelCases } from './cases/panels.ts'
import { processCases } from './cases/processes.ts'
import { readingCases } from './cases/reading.ts'
import { siteCases } from './cases/sites.ts'
import { tabCases } from './cases/tabs.ts'
import { windowCases } from './cases/window.ts'
import { uiOfFile } from './ui-of-file.ts'

const ui = uiOfFile()

tabCases(ui)
omniboxCases(ui)
pageAreaCases(ui)
crashCases(ui)
panelCases(ui)
processCases(ui)
historyCases(ui)
downloadCases(ui)
readingCases(ui)
libraryCases(ui)
mediaCases(ui)
memoryLimitCases(ui)
messageCases(ui)
networkCases(ui)
siteCases(ui)
windowCases(ui)
