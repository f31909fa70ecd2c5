export const helpText = `Nexus, a browser that you can look inside.

  nexus open <address>              open a page in a new tab
  nexus analyze <address> [--json]  load a page, read it on this machine, and print what it says
  nexus search "<words>" [--limit n] [--json]
                                    find pages that were read or visited, by words and by meaning
  nexus ask <address> "<question>" [--json]
                                    load a page and print the passages of it that answer
  nexus ps [--flat] [--sort key] [--json] [--watch]
                                    show the processes of the running browser as a tree, or one after the
                                    other; --watch every second; keys: task, kind, site, state, cpu,
                                    memory, messages, p95, restarts, uptime, pid, priority
  nexus ps --ipc [--json] [--watch] show who talks to whom: rates, latencies, queues, errors, alerts
  nexus kill <task> [--force] [--json]
                                    end a process, named by its number, by its name if only one has it,
                                    or by its id (see "nexus ps --json"); --force does not ask it first
  nexus crashes [--json] [--clear]  show what ended as it should not have, or forget it; nothing of it
                                    is sent anywhere
  nexus trace [--seconds n] [--out file] [--json]
                                    write where the time of each call went, for ui.perfetto.dev
  nexus record --out file [--seconds n] [--whole]
                                    write what the core says and hears, until Ctrl+C; addresses, titles
                                    and text of pages are left out unless --whole is given
  nexus replay file --against ai|storage [--paced] [--json]
                                    make the recorded calls again, at a service of a fresh Nexus that
                                    has a profile of its own, and show what differs
  nexus quit                        end the running browser
  nexus help                        show this

When no Nexus is running, open, analyze, search and ask start one without a window; all but open end it
afterwards.
With --json the last line of the output is one JSON object; an error is {"error":{"code","message"}}.

ps --json gives {"sampledAt","rows","machine"}; each row has id, parentId, kind, name, detail, site,
state, pid, cpuPercent (of one core), memoryBytes, memoryLimitBytes, networkBytesPerSecond, messagesIn,
messagesOut, p95Ms, restarts, uptimeMs, priority, actions, canEnd and tabIds; what is not known is null.
These names stay; others may be added.

Exit codes: 0 done, 1 failed, 2 not understood, 3 Nexus is not running, 4 the page could not be loaded,
5 the page could not be read, 6 a replay found differences, 7 nothing was found, or the page does not say,
8 no process, or more than one, is called that, 9 that cannot be done with this process.
NEXUS_USER_DATA names another folder for what Nexus keeps, and with it another instance.
`
