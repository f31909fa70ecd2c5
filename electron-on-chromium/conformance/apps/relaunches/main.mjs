// Relaunches itself once. The second life leaves its arguments in a file.
import { writeFileSync } from 'node:fs'
import { app } from 'electron'
import '../shared/report.mjs'

const mark = '--second-life'
void app.whenReady().then(() => {
  if (process.argv.includes(mark)) {
    writeFileSync(process.env.CONFORMANCE_FILE, JSON.stringify(process.argv))
    app.quit()
  } else {
    app.relaunch({ args: [...process.argv.slice(1), mark] })
    app.exit(0)
  }
})
