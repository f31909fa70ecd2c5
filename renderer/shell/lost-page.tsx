import { Plug } from 'lucide-react'

/** The UI without its controller: nothing here would work, so nothing else is shown. */
export function LostPage({ reason }: { reason: string }) {
  return (
    <main className="nx-lost">
      <div className="nx-lost__plate" role="alert">
        <span className="nx-fail__mark" data-tone="danger">
          <Plug className="i" />
        </span>
        <h1 className="nx-h1">Nexus core is gone</h1>
        <p>
          This window has lost the process that runs the browser, so it can no longer open or change anything.
          Close the window and start Nexus again; your tabs and history are kept on disk.
        </p>
        <p className="nx-fail__code">CONTROLLER_LOST · {reason}</p>
      </div>
    </main>
  )
}
