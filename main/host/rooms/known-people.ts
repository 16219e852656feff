/** The people whom the host recognises: in memory for reading, in the directory before a change takes effect. */
import type { DeviceHash, Directory, DirectoryContent, KnownPerson } from '../ports/directory.ts'

/** A person; `nameKey` is null if the name was freed. */
type Person = Omit<KnownPerson, 'nameKey'> & { nameKey: string | null }

const textOf = (hash: DeviceHash): string => Buffer.from(hash).toString('base64')

export class KnownPeople {
  readonly #directory: Directory
  readonly #people = new Map<string, Person>()
  readonly #byName = new Map<string, Person>()
  /**
   * Keyed by the hash of the device key: the timing of a lookup can only reveal something about hashes, which nobody
   * can choose.
   */
  readonly #byDevice = new Map<string, Person>()

  constructor(directory: Directory, people: DirectoryContent['people']) {
    this.#directory = directory
    for (const { deviceHash, ...person } of people) this.#keep(person, deviceHash)
  }

  get count(): number {
    return this.#people.size
  }

  byId(personId: string): Readonly<Person> | undefined {
    return this.#people.get(personId)
  }

  byDevice(hash: DeviceHash): Readonly<Person> | undefined {
    return this.#byDevice.get(textOf(hash))
  }

  /** @param nameKey as {@link import('../../../shared/text/fold.ts').nameKey} makes it. */
  byName(nameKey: string): Readonly<Person> | undefined {
    return this.#byName.get(nameKey)
  }

  /** Adds a person. @param at milliseconds since the epoch. @throws {Failure} if it could not be stored. */
  async add(person: KnownPerson, hash: DeviceHash, at: number): Promise<void> {
    await this.#directory.addPerson(person, hash, at)
    this.#keep(person, hash)
  }

  /** As {@link Directory.renamePerson}. */
  async rename(renamed: KnownPerson): Promise<void> {
    await this.#directory.renamePerson(renamed)
    this.#setName(renamed.personId, renamed)
  }

  /** As {@link Directory.freeName}. */
  async freeName(personId: string): Promise<void> {
    await this.#directory.freeName(personId)
    this.#setName(personId, { nameKey: null })
  }

  /** As {@link Directory.giveKey}. */
  async giveKey(personId: string, hash: DeviceHash): Promise<void> {
    await this.#directory.giveKey(personId, hash)
    const person = this.#people.get(personId)
    if (!person) return
    for (const [key, each] of this.#byDevice) if (each === person) this.#byDevice.delete(key)
    this.#byDevice.set(textOf(hash), person)
  }

  #setName(personId: string, name: Partial<Person>): void {
    const person = this.#people.get(personId)
    if (!person) return
    if (person.nameKey !== null) this.#byName.delete(person.nameKey)
    Object.assign(person, name)
    if (person.nameKey !== null) this.#byName.set(person.nameKey, person)
  }

  #keep(person: Person, hash: DeviceHash): void {
    const kept = { ...person }
    this.#people.set(kept.personId, kept)
    this.#byDevice.set(textOf(hash), kept)
    if (kept.nameKey !== null) this.#byName.set(kept.nameKey, kept)
  }
}
