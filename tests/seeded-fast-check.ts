import fc from '../node_modules/fast-check/lib/fast-check.js'

// Unit tests take the place of fast-check by this (vitest.config.mts): a change is judged by the same cases on every
// machine. NEXUS_PROPERTY_SEED=random looks for new ones; what it finds becomes an example of its property.
const chosen = process.env.NEXUS_PROPERTY_SEED ?? '20261120'
if (chosen !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(chosen) })

export default fc
