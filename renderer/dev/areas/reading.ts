import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

const onePixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** The area "reading", made up: every page holds the same article, and a link is hovered when its title is asked for. */
export function serveReadingFixture(endpoint: Endpoint): void {
  const contract = areaContracts.reading
  endpoint.serve(contract, {
    hasArticle: () => ({ hasArticle: true }),
    article: ({ tabId }) => {
      endpoint.announce(contract, 'hovered', {
        tabId,
        url: 'https://harbourlog.example/pier',
        preview: {
          url: 'https://harbourlog.example/pier',
          title: 'The pier',
          description: 'A survey of every plank',
          siteName: null,
          imageUrl: null,
        },
      })
      return {
        url: 'https://harbourlog.example/tide',
        title: 'Listening to the tide - Harbour log',
        metadata: {
          title: 'Listening to the tide',
          author: 'Ada Marsh',
          publishedAt: '2026-11-20',
          siteName: 'Harbour log',
          imageUrl: 'https://harbourlog.example/tide.png',
          description: null,
        },
        paragraphs: [
          'The tide rises in the harbour, and the pen draws its line upon the paper.',
          '<b>Not bold</b>: what a page says stays text.',
        ],
        isCut: false,
      }
    },
    picture: () => ({ dataUrl: onePixel }),
  })
}
