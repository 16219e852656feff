/** Identifies people: on CONNECT, by name, the host's passcode and the device key. */
import { createHash } from 'node:crypto'
import { nanoid } from 'nanoid'
import {
  RefusedError,
  type Admission,
  type ConnectRequest,
  type Principal,
} from '../../broker/options/hooks.ts'
import { nameKey } from '../../../shared/text/fold.ts'
import { createAddressRate, type AddressRate } from '../limits/address-rate.ts'
import { createBackOff, type BackOff, type Guesser } from '../limits/back-off.ts'
import { displayNameSchema } from '../../../shared/protocol/display-name.ts'
import { features } from '../../../shared/protocol/features.ts'
import { deviceKeyLength } from '../../../shared/protocol/limits.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { Turns } from '../limits/turns.ts'
import type { DeviceHash, KnownPerson } from '../ports/directory.ts'
import type { HostRunner } from '../ports/options.ts'
import type { KnownPeople } from '../rooms/known-people.ts'
import { isMade, isPasscode } from './passcode.ts'
import { randomName } from '../network/random-name.ts'
import { refused, storageRefusal } from '../wire/refusal.ts'

/** How many names people may claim on one host, by default. */
export const defaultMaxNames = 10_000

interface IdentityOptions {
  known: KnownPeople
  /** Changes of the known people run one after another with all other changes of the directory. */
  turns: Turns
  /** @returns an error from a port as one that a person understands. */
  failure: (thrown: unknown) => Failure
  passcode: string | null
  /** The host's own name. */
  hostName: string
  /** @returns the ids of the host's owners. */
  hostOwners: () => string[]
  /** Called when a person with a device key has connected from this computer. */
  onLocal: (personId: string) => Promise<void>
  /** Called when a person has claimed a name. */
  onClaimed: (person: KnownPerson) => void
  /** How many names may be claimed here; Infinity for no bound. */
  maxNames: number
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  /** A clock that is never set back, in milliseconds. */
  elapsed: () => number
}

/** A device key in a CONNECT. */
interface Device {
  hash: DeviceHash
  /** The person who owns the device key, if the host knows it. */
  person: ReturnType<KnownPeople['byDevice']>
}

const parseName = (login: string): string => {
  const name = displayNameSchema.safeParse(login)
  if (name.success) return name.data
  throw refused(
    'input-invalid',
    `the header login is not a valid name: ${name.error.issues[0]?.message ?? ''}`,
  )
}

/** @returns the refusal for a name that belongs to another person. */
export const nameTaken = (name: string): RefusedError =>
  refused(
    'name-taken',
    `the name "${name}" is taken: choose another one, or ask an owner of the host to free it`,
  )

/** Identifies the person behind a connection. */
export class Identity {
  readonly #options: IdentityOptions
  readonly #backOff: BackOff
  readonly #nameRate: AddressRate
  #passcode: string | null

  constructor(options: IdentityOptions) {
    this.#options = options
    this.#backOff = createBackOff(options.elapsed)
    this.#nameRate = createAddressRate(options.elapsed)
    this.#passcode = options.passcode
  }

  /**
   * Answers CONNECT. A device key claims the name permanently; a client without one is a guest, known for this
   * connection only. CONNECTED carries `person-id` (the id used as `senderId` in the person's messages), `host-name`
   * and `features`.
   */
  async admit(request: ConnectRequest): Promise<Admission> {
    const { failure, hostName } = this.#options
    try {
      const principal = await this.#identify(request)
      return {
        ok: true,
        principal,
        headers: { 'person-id': principal.id, 'host-name': hostName, features: features.join(',') },
      }
    } catch (thrown) {
      if (thrown instanceof RefusedError) return { ok: false, refusal: thrown.refusal }
      return { ok: false, refusal: storageRefusal(failure(thrown)) }
    }
  }

  /**
   * Replaces the device key of the owner who runs this host, if the key that the host knew is lost.
   * @returns the owner's id; null if the key is known already, or several owners could be meant.
   * @throws {Failure} if it could not be stored.
   */
  introduce({ name, deviceKey }: HostRunner): Promise<string | null> {
    const { known, turns } = this.#options
    return turns.take(async () => {
      const { hash, person } = this.#recognise(deviceKey)
      const owner = person ? undefined : this.#ownerCalled(name)
      if (owner) await known.giveKey(owner.personId, hash)
      return owner?.personId ?? null
    })
  }

  /** Sets the passcode for all later connections; null for none. */
  setPasscode(passcode: string | null): void {
    this.#passcode = passcode
  }

  async #identify(request: ConnectRequest): Promise<Principal> {
    const { login, passcode, headers, address, loopback } = request
    const deviceKey = headers.get('device-key')
    const device = deviceKey === undefined ? null : this.#recognise(deviceKey)
    this.#checkPasscode(passcode, { address, personId: device?.person?.personId ?? null })
    if (!device) return this.#guest(login)
    const name = parseName(login ?? '')
    const person = await this.#options.turns.take(() => this.#claim(name, device.hash, address))
    if (loopback) await this.#options.onLocal(person.id)
    return person
  }

  #guest(login: string | undefined): Principal {
    // A random name is never claimed.
    if (login === undefined) return { id: nanoid(), name: `guest-${randomName()}`, isGuest: true }
    const name = parseName(login)
    if (this.#options.known.byName(nameKey(name))) throw nameTaken(name)
    return { id: nanoid(), name, isGuest: true }
  }

  async #claim(name: string, hash: DeviceHash, address: string): Promise<Principal> {
    const { known, onClaimed } = this.#options
    const key = nameKey(name)
    const person = known.byDevice(hash)
    const owner = known.byName(key)
    if (owner && owner !== person) throw nameTaken(name)
    const claimed = { personId: person?.personId ?? nanoid(), name, nameKey: key }
    if (person?.name !== name || person.nameKey !== key) {
      this.#checkNameRate(address)
      await (person ? known.rename(claimed) : this.#add(claimed, hash))
      onClaimed(claimed)
    }
    return { id: claimed.personId, name }
  }

  async #add(person: KnownPerson, hash: DeviceHash): Promise<void> {
    const { known, maxNames, now } = this.#options
    if (known.count >= maxNames)
      throw refused(
        'too-many-names',
        `this host has its maximum of ${maxNames} names: CONNECT without a device-key`,
      )
    await known.add(person, hash, now())
  }

  #checkPasscode(given: string | undefined, guesser: Guesser): void {
    const passcode = this.#passcode
    if (passcode === null) return
    const guessable = !isMade(passcode)
    const wait = guessable ? Math.ceil(this.#backOff.wait(guesser) / 1_000) : 0
    if (wait > 0) {
      throw refused('too-many-attempts', `too many wrong passcodes: try again in ${wait} s`, {
        'retry-after': String(wait),
      })
    }
    if (given !== undefined && isPasscode(given, passcode)) {
      this.#backOff.succeeded(guesser)
      return
    }
    // A missing passcode is no guess: it is how a client learns that it has to ask for one.
    if (given === undefined || given === '') {
      throw refused(
        'passcode-wrong',
        'this host requires a passcode: ask the person who runs the host for it',
      )
    }
    if (guessable) this.#backOff.failed(guesser)
    throw refused(
      'passcode-wrong',
      'the passcode is wrong: ask the person who runs the host for the current one',
    )
  }

  /** @throws {RefusedError} `input-invalid` for a key that is too short (and could be guessed) or too long. */
  #recognise(deviceKey: string): Device {
    const { least, most } = deviceKeyLength
    if (deviceKey.length < least || deviceKey.length > most)
      throw refused(
        'input-invalid',
        `the header device-key must be a secret of ${least} to ${most} characters`,
      )
    const hash = createHash('sha256').update(deviceKey).digest()
    return { hash, person: this.#options.known.byDevice(hash) }
  }

  #checkNameRate(address: string): void {
    const wait = Math.ceil(this.#nameRate.take(address) / 1_000)
    if (wait === 0) return
    throw refused('too-many-names', `too many names came from your address: try again in ${wait} s`, {
      'retry-after': String(wait),
    })
  }

  /** @returns the owner with this name; if no person has the name, the only owner, whatever their name. */
  #ownerCalled(name: string): { personId: string } | undefined {
    const { known, hostOwners } = this.#options
    const owners = hostOwners().flatMap(personId => known.byId(personId) ?? [])
    const named = known.byName(nameKey(name))
    if (named) return owners.find(owner => owner === named)
    return owners.length === 1 ? owners[0] : undefined
  }
}
