/** Runs before every script that only needs the sources, such as `npm run host`. */
import { ensureDependencies } from './setup.mjs'

ensureDependencies()
