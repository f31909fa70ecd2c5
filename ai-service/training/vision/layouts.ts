import { below, type Random } from '../../random.ts'
import type { Design } from './design.ts'

/** One page of a site that has this design, with words and pictures of its own, as HTML without scripts. */
export function drawPage(design: Design, random: Random): string {
  const { colours, font, textPx, headPx, widthPx, isHeadCentred } = design
  const body = layouts[design.kind](design, random)
  const banner =
    design.bannerPx > 0 && design.kind !== 'signIn' ? picture(random, '100%', design.bannerPx) : ''
  const links = Array.from({ length: 3 + (design.variant % 5) }, () => `<a>${words(random, 1)}</a>`).join('')
  return `<!doctype html><html><head><meta charset="utf-8"><style>
*{box-sizing:border-box}body{margin:0;background:${colours.ground};color:${colours.text};font:${textPx}px/1.5 ${font}}
header{height:${headPx}px;background:${colours.head};color:${colours.onHead};display:flex;align-items:center;gap:18px;padding:0 24px;
justify-content:${isHeadCentred ? 'center' : 'flex-start'};${design.hasBorders ? `border-bottom:1px solid ${colours.quiet}` : ''}}
main{width:min(${widthPx}px,96vw);margin:${12 + (design.variant % 28)}px auto;display:block}h1,h2,h3{line-height:1.2}
.plate{background:${colours.plate};border-radius:${design.radiusPx}px;padding:18px;${design.hasBorders ? `border:1px solid ${colours.quiet}55` : 'box-shadow:0 1px 5px #0002'}}
.quiet{color:${colours.quiet}}.accent{color:${colours.accent}}.button{background:${colours.accent};color:#fff;border-radius:${design.radiusPx}px;padding:9px 20px;display:inline-block}
.field{height:${34 + (design.variant % 14)}px;border:1px solid ${colours.quiet};border-radius:${design.radiusPx}px;background:#fff;margin:8px 0}
.columns{display:grid;gap:${10 + (design.variant % 20)}px;grid-template-columns:repeat(${design.columns},1fr)}
.split{display:grid;gap:26px;grid-template-columns:${design.side === 'left' ? `${design.sidePx}px 1fr` : `1fr ${design.sidePx}px`}}
</style></head><body><header>${logo(design)}<b>${words(random, 1)}</b>${links}</header>${banner}<main>${body}</main></body></html>`
}

const layouts: Readonly<Record<Design['kind'], (design: Design, random: Random) => string>> = {
  signIn(design, random) {
    const card = `<div class="plate" style="width:${300 + (design.variant % 160)}px;margin:${20 + (design.variant % 70)}px ${
      design.variant % 3 === 0 ? '0' : 'auto'
    };padding:${20 + (design.variant % 24)}px">${design.variant % 2 === 0 ? logo(design) : ''}<h2>${words(random, 2)}</h2>
<div class="field"></div><div class="field"></div><p class="quiet">${words(random, 4)}</p><div class="button" style="${
      design.variant % 5 < 3 ? 'display:block;text-align:center' : ''
    }">${words(random, 1)}</div></div>`
    if (design.variant % 4 !== 1) return card
    return `<div class="split">${ordered(design, card, picture(random, '100%', 360))}</div>`
  },
  article: (design, random) =>
    `<article><h1>${words(random, 7)}</h1><p class="quiet">${words(random, 4)}</p>${
      design.variant % 3 === 0 ? picture(random, '100%', 180 + (design.variant % 200)) : ''
    }${paragraphs(random, 6)}</article>`,
  front: (design, random) =>
    `<h1>${words(random, 5)}</h1><div class="columns">${repeat(
      12,
      () =>
        `<div class="plate">${design.variant % 4 > 0 ? picture(random, '100%', 70 + (design.variant % 80)) : ''}<h3>${words(random, 6)}</h3><p class="quiet">${words(random, 12)}</p></div>`,
    )}</div>`,
  documentation(design, random) {
    const menu = `<nav class="${design.hasBorders ? 'plate' : ''}">${repeat(16, () => `<p class="accent" style="margin:4px 0">${words(random, 2)}</p>`)}</nav>`
    const code = `<pre class="plate" style="background:${design.colours.head};color:${design.colours.onHead}">${repeat(5, () => `${words(random, 5)}\n`)}</pre>`
    return `<div class="split">${ordered(design, menu, `<div><h1>${words(random, 3)}</h1>${paragraphs(random, 2)}${code}${paragraphs(random, 3)}</div>`)}</div>`
  },
  dashboard: (design, random) =>
    `<div class="columns">${repeat(design.columns, () => `<div class="plate"><p class="quiet">${words(random, 2)}</p><h2>${below(random, 9_999)}</h2></div>`)}</div>
<div class="plate" style="margin-top:18px;display:flex;align-items:flex-end;gap:8px;height:200px">${repeat(
      24,
      () => `<i style="flex:1;background:${design.colours.accent};height:${10 + below(random, 90)}%"></i>`,
    )}</div><table style="width:100%;margin-top:18px">${repeat(8, () => `<tr>${repeat(5, () => `<td>${words(random, 1)}</td>`)}</tr>`)}</table>`,
  product: (design, random) =>
    `<div class="split">${ordered(design, picture(random, '100%', 320), `<div><h1>${words(random, 4)}</h1><h2 class="accent">${below(random, 900)},00</h2>${paragraphs(random, 1)}<div class="button">${words(random, 2)}</div></div>`)}</div>
<div class="columns" style="margin-top:30px">${repeat(design.columns, () => `<div class="plate">${picture(random, '100%', 120)}<p>${words(random, 3)}</p></div>`)}</div>`,
  forum: (design, random) =>
    repeat(
      7,
      () =>
        `<div class="plate" style="display:flex;gap:16px;margin-bottom:10px">${picture(random, '48px', 48)}<div><b class="accent">${words(random, 1)}</b><p>${words(random, 20 + (design.variant % 20))}</p></div></div>`,
    ),
  results: (design, random) =>
    `<div class="field" style="width:70%"></div>${repeat(8, () => `<div style="margin:${12 + (design.variant % 12)}px 0"><div class="accent" style="font-size:1.25em">${words(random, 6)}</div><div class="quiet">${words(random, 3)}</div>${words(random, 22)}</div>`)}`,
  landing: (design, random) =>
    `<div style="text-align:${design.variant % 2 === 0 ? 'center' : 'left'};padding:${30 + (design.variant % 60)}px 0"><h1 style="font-size:${34 + (design.variant % 30)}px">${words(random, 5)}</h1>
<p class="quiet">${words(random, 14)}</p><div class="button">${words(random, 2)}</div></div><div class="columns">${repeat(design.columns, () => `<div class="plate"><div style="width:40px;height:40px;border-radius:50%;background:${design.colours.accent}"></div><h3>${words(random, 2)}</h3><p>${words(random, 12)}</p></div>`)}</div>`,
  gallery: (design, random) =>
    `<div class="columns">${repeat(16, () => picture(random, '100%', 110 + (design.variant % 90)))}</div>`,
}

function ordered(design: Design, side: string, rest: string): string {
  return design.side === 'left' ? side + rest : rest + side
}

function logo({ logo: { shape, px }, colours }: Design): string {
  const colour = colours.head === colours.accent ? colours.onHead : colours.accent
  const block = (style: string): string => `<i style="display:inline-block;height:${px}px;${style}"></i>`
  switch (shape) {
    case 'disc':
      return block(`width:${px}px;border-radius:50%;background:${colour}`)
    case 'square':
      return block(`width:${px}px;background:${colour}`)
    case 'bar':
      return block(`width:${px * 3}px;background:${colour}`)
    case 'ring':
      return block(`width:${px}px;border-radius:50%;border:${px / 5}px solid ${colour}`)
    case 'pair':
      return block(`width:${px}px;background:${colour}`) + block(`width:${px}px;background:${colours.quiet}`)
    case 'triangle':
      return block(`width:0;height:0;border:${px / 2}px solid transparent;border-bottom-color:${colour}`)
  }
}

function picture(random: Random, width: string, heightPx: number): string {
  const colour = (): string =>
    `hsl(${below(random, 360)} ${20 + below(random, 60)}% ${25 + below(random, 50)}%)`
  return `<div style="flex:none;width:${width};height:${heightPx}px;background:linear-gradient(${below(random, 360)}deg,${colour()},${colour()} ${20 + below(random, 60)}%,${colour()})"></div>`
}

function paragraphs(random: Random, count: number): string {
  return repeat(count, () => `<p>${words(random, 30 + below(random, 60))}</p>`)
}

function words(random: Random, count: number): string {
  return repeat(count, () => {
    const letters = 2 + below(random, 9)
    return `${repeat(letters, () => 'etaoinshrdlucmfw'[below(random, 16)] ?? 'e')} `
  })
}

function repeat(count: number, draw: () => string): string {
  return Array.from({ length: count }, draw).join('')
}
