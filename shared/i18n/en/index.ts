import { cli } from './cli.ts'
import { common } from './common.ts'
import { composer } from './composer.ts'
import { desktop } from './desktop.ts'
import { doctor } from './doctor.ts'
import { errors } from './errors.ts'
import { firstRun } from './first-run.ts'
import { host } from './host.ts'
import { keeping } from './keeping.ts'
import { messages } from './messages.ts'
import { people } from './people.ts'
import { profile } from './profile.ts'
import { rooms } from './rooms.ts'
import { search } from './search.ts'
import { servers } from './servers.ts'
import { settings } from './settings.ts'

export const en = {
  cli,
  common,
  composer,
  desktop,
  doctor,
  errors,
  firstRun,
  host,
  keeping,
  messages,
  people,
  profile,
  rooms,
  search,
  servers,
  settings,
} as const
