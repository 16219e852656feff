/** Runs before every script that works from the sources alone, such as `npm run host`. */
import { ensureDependencies } from './setup.mjs'

ensureDependencies()
