import { accessibilityCases } from './cases/accessibility.ts'
import { uiOfFile } from './ui-of-file.ts'

// Apart from what else is tested on the whole UI, because it takes as long as all of that.
accessibilityCases(uiOfFile())
