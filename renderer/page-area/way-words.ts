import type { PageProblem } from '../../contracts/browser.ts'
import type { InsecureReason } from '../../contracts/site-security.ts'
import { type ProblemWords, way } from './trace.ts'

/** What is asked before a page comes without encryption. */
export function insecureWords(host: string, problem: PageProblem): ProblemWords {
  const { brief, why } = reasonWords(problem.insecureReason ?? 'noAnswer')
  return {
    title: `${host} was not reached with encryption`,
    lead: 'Without it everyone on the way can read this page, change it, and see what you enter. Nexus tried with encryption first, and asks before it goes without.',
    trace: way(
      [
        ['This computer', 'online'],
        ['Encryption', brief],
        ['Site', ''],
        ['Page', ''],
      ],
      1,
    ),
    why,
    advice: [
      'Go back if you were going to enter anything there',
      'Go on if it is a page that you only want to read, or a device of your own',
    ],
    answer: 'back',
  }
}

function reasonWords(reason: InsecureReason): { readonly brief: string; readonly why: string } {
  switch (reason) {
    case 'noAnswer':
      return { brief: 'no answer', why: 'Nothing at this address answers with encryption.' }
    case 'tooSlow':
      return { brief: 'too slow', why: 'Nothing answered with encryption within five seconds.' }
    case 'sentBack':
      return { brief: 'sent back', why: 'The site answers, and sends its visitors back to the way without.' }
    case 'certificate':
      return {
        brief: 'not proven',
        why: 'The site answers, but its certificate proves nothing, so that it may be somebody else.',
      }
  }
}

type WayKind = Extract<
  PageProblem['kind'],
  'privateAddress' | 'resolverFailed' | 'unreachable' | 'dropped' | 'badResponse' | 'busy' | 'networkStopped'
>

/** What is said of a request that did not come through. */
export function wayWords(kind: WayKind, host: string): ProblemWords {
  switch (kind) {
    case 'privateAddress':
      return {
        title: `${host} leads into your own network`,
        lead: 'The name is one of the public web, but its address is that of this computer or of a device beside it. Nexus did not go there.',
        trace: way(
          [
            ['This computer', 'asked for the name'],
            ['Name server', 'a private address'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'A site could reach your router or another device that way, as if it were you. It may also be a name that your own network made up.',
        advice: [
          'Go back if a link or a page led you here',
          'Type the device’s address in numbers if it is yours',
        ],
        answer: 'back',
      }
    case 'resolverFailed':
      return {
        title: `Nobody could be asked where ${host} is`,
        lead: 'The name server does not answer, so the address of the site is not known.',
        trace: way(
          [
            ['This computer', 'asked for the name'],
            ['Name server', 'no answer'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'The name server that you chose is out of reach. No other is asked instead, because it would learn where you go.',
        advice: ['Try again in a moment', 'Choose another name server in the settings'],
        answer: 'retry',
      }
    case 'unreachable':
      return {
        title: `No way leads to ${host}`,
        lead: 'Its address is known, but the network between here and there has no way to it.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Network', 'no way'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'Something on the way is broken, or it is an address of a kind that this network does not carry.',
        advice: ['Try again in a moment', 'Open another site to see whether the network is at fault'],
        answer: 'retry',
      }
    case 'dropped':
      return {
        title: `${host} broke off`,
        lead: 'The connection was made, and ended in the middle of the answer.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Network', 'request sent'],
            ['Site', 'broke off'],
            ['Page', ''],
          ],
          2,
        ),
        why: 'The site is restarting or overloaded, or something on the way cut the connection.',
        advice: ['Try again; nothing was lost', 'Open another site to see whether the network is at fault'],
        answer: 'retry',
      }
    case 'badResponse':
      return {
        title: `${host} answered with nonsense`,
        lead: 'Something came back, but it is no answer that may be passed on to a page.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Network', 'request sent'],
            ['Site', 'no usable answer'],
            ['Page', ''],
          ],
          2,
        ),
        why: 'What answers there is no web server, or one that is broken, or one that tries something.',
        advice: [
          'Check the port, the number after the colon',
          'If it stays like this, tell the owner the code below',
        ],
        answer: 'retry',
      }
    case 'busy':
      return {
        title: 'Nexus holds as many connections as it may',
        lead: `${host} was not asked for anything yet.`,
        trace: way(
          [
            ['This computer', 'online'],
            ['Network service', 'full'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'Open pages use all connections that the network service holds at once.',
        advice: ['Close pages that load much', 'Then try again'],
        answer: 'retry',
      }
    case 'networkStopped':
      return {
        title: 'The network service is not running',
        lead: `${host} was not asked for anything: the process that all pages go through is not there.`,
        trace: way(
          [
            ['This computer', 'asked for the page'],
            ['Network service', 'not running'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'The process stopped, or was ended.',
        advice: [
          'The page loads by itself as soon as the process runs',
          'If it stays like this, choose Restart for it in the list of processes (Shift+Esc)',
        ],
        answer: 'retry',
      }
  }
}
