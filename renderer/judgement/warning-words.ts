import type { AddressTrait, Judgement, JudgementReason } from '../../contracts/judgement.ts'

/** What the warning says first: what it is, with the name of the brand where one is known. */
export function warningTitle(judgement: Judgement): string {
  const brand = imitatedBrand(judgement)
  if (brand !== null) {
    return judgement.level === 'danger'
      ? `This page looks like a copy of ${brand.name}`
      : `This page is not ${brand.name}, though it may look so`
  }
  return judgement.level === 'danger'
    ? 'This page is likely made to steal what you type'
    : 'Be careful with what you type on this page'
}

/** The brand that the page pretends to be, and where that really is; null where no reason names one. */
export function imitatedBrand({
  reasons,
}: Judgement): { readonly name: string; readonly host: string } | null {
  for (const reason of reasons) {
    switch (reason.kind) {
      case 'lookalike':
      case 'titleNamesBrand':
        return { name: reason.brand, host: reason.brandHost }
      case 'brandInPath':
      case 'borrowsFromBrand':
      case 'passwordOnNewHost':
      case 'cardOnNewHost':
      case 'formElsewhere':
      case 'looksLikeSite':
      case 'freeHosting':
      case 'addressShape':
    }
  }
  return null
}

/** One reason in a sentence without a full stop. */
export function reasonWords(reason: JudgementReason): string {
  switch (reason.kind) {
    case 'lookalike':
      return lookalikeWords(reason)
    case 'brandInPath':
      return `The address names ${reason.brand} behind the site's own name`
    case 'passwordOnNewHost':
      return 'It asks for a password, and you have not been on this site before today'
    case 'cardOnNewHost':
      return 'It asks for a card number, and you have not been on this site before today'
    case 'titleNamesBrand':
      return `Its title says ${reason.brand}, which lives at ${reason.brandHost}`
    case 'borrowsFromBrand':
      return `It borrows its icon from ${reason.brand} at ${reason.brandHost}`
    case 'formElsewhere':
      return `What you type is sent to another site, ${reason.target}`
    case 'looksLikeSite':
      return `It looks like the page where you sign in at ${reason.host}`
    case 'freeHosting':
      return `It asks for secrets on ${reason.service}, where anybody can put a page`
    case 'addressShape':
      return reason.traits.map(traitWords).join('; ')
  }
}

function lookalikeWords({ brand, how }: Extract<JudgementReason, { kind: 'lookalike' }>): string {
  switch (how) {
    case 'homoglyph':
      return `The address is written with letters that look like those of ${brand}`
    case 'typo':
      return `The address is one letter away from ${brand}`
    case 'brandInName':
      return `The address has ${brand} in its name, but is not a site of ${brand}`
    case 'brandInSubdomain':
      return `The address begins with ${brand}, but belongs to another site`
  }
}

function traitWords(trait: AddressTrait): string {
  switch (trait) {
    case 'ipAddress':
      return 'The address is a number and no name'
    case 'userInfo':
      return 'The address begins with the name of another site, before an @'
    case 'mixedLetters':
      return 'The address mixes letters of several alphabets'
    case 'manySubdomains':
      return "The site's own name stands behind many others"
    case 'lureWords':
      return 'The address uses words that are meant to urge you'
    case 'randomName':
      return 'The name of the site makes no sense'
    case 'hiddenFolder':
      return "The page lies in a folder of the site's machinery"
    case 'wholeAddress':
      return 'The address is built like those of known tricks'
  }
}
