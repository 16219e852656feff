/** `powerMonitor`: a computer that never sleeps by itself; specs emit `suspend` and `resume`. */
import { EventEmitter } from 'node:events'

export const powerMonitor = new EventEmitter()
