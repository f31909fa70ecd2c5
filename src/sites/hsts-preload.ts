/**
 * Hosts that are reached with encryption only, also on the first visit, when nothing was learned from them yet.
 *
 * A short list of our own: domains whose registries demand it for every name below them, and sites that very many people
 * sign in to, which have said so for years. It is not Chromium's list (transport_security_state_static.json), of some
 * 100,000 names, which the engine holds anyway and upgrades by; this one decides where Nexus itself refuses to go on
 * after a certificate error. All of them speak for the names below them.
 */
const wholeDomains = (
  'android app bank chrome dad day dev esq fly foo gle gmail google hangout ing insurance meet meme mov new nexus page ' +
  'phd play prof rsvp search youtube zip'
).split(' ')

const wellKnownHosts = (
  'accounts.google.com appleid.apple.com archive.org bitwarden.com crates.io debian.org dropbox.com duckduckgo.com ' +
  'eff.org etsy.com facebook.com fastmail.com github.com gitlab.com google.com icloud.com instagram.com ' +
  'letsencrypt.org linkedin.com live.com lobste.rs login.microsoftonline.com mail.google.com mozilla.org netflix.com ' +
  'npmjs.com openstreetmap.org paypal.com pinterest.com posteo.de proton.me protonmail.com pypi.org python.org ' +
  'reddit.com riseup.net rust-lang.org signal.org spotify.com stackoverflow.com stripe.com torproject.org tumblr.com ' +
  'twitter.com whatsapp.com wikimedia.org wikipedia.org wordpress.com x.com'
).split(' ')

/** As `HstsMemory` takes them. */
export const preloadedHosts: ReadonlyMap<string, { readonly includesSubdomains: boolean }> = new Map(
  [...wholeDomains, ...wellKnownHosts].map(host => [host, { includesSubdomains: true }]),
)
