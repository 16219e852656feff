/** The directory of a host in memory: what the host's parts need of one, and nothing of a disk. */
import type { Standing } from '../../../../shared/protocol/people.ts'
import type {
  Directory,
  DirectoryContent,
  KnownPerson,
  RoomRequest,
  StoredRoom,
} from '../../../../main/host/ports/directory.ts'

const week = 7 * 86_400_000

type Person = DirectoryContent['people'][number]

export class MemoryDirectory implements Directory {
  readonly #rooms = new Map<string, StoredRoom>()
  readonly #standings = new Map<string, Map<string, Standing>>()
  readonly #people = new Map<string, Person>()
  readonly #requests = new Map<string, { roomId: string; at: number }>()

  read = (): Promise<DirectoryContent> =>
    Promise.resolve({
      rooms: [...this.#rooms.values()].map(room => ({ ...room })),
      standings: [...this.#standings].flatMap(([roomId, standings]) =>
        Array.from(standings, ([personId, standing]) => ({ roomId, personId, standing })),
      ),
      people: [...this.#people.values()],
    })

  addRoom = async (
    room: Omit<StoredRoom, 'archived'>,
    founders: ReadonlyMap<string, Standing> = new Map(),
    request?: RoomRequest,
  ): Promise<void> => {
    const { roomId, directKey, madeAt } = room
    const others = [...this.#rooms.values()]
    await this.#unique(others, each => each.roomId === roomId)
    await this.#unique(others, each => directKey !== null && each.directKey === directKey)
    this.#rooms.set(roomId, { ...room, archived: false })
    this.#standings.set(roomId, new Map(founders))
    for (const [key, { at }] of this.#requests) if (at < madeAt - week) this.#requests.delete(key)
    if (request) this.#requests.set(JSON.stringify(request), { roomId, at: madeAt })
  }

  changeRoom = ({
    roomId,
    ...change
  }: Pick<StoredRoom, 'roomId' | 'name' | 'topic' | 'archived'>): Promise<void> => {
    const { name, topic, archived } = change
    Object.assign(this.#rooms.get(roomId) ?? {}, { name, topic, archived })
    return Promise.resolve()
  }

  removeRoom = (roomId: string): Promise<void> => {
    this.#rooms.delete(roomId)
    this.#standings.delete(roomId)
    for (const [key, each] of this.#requests) if (each.roomId === roomId) this.#requests.delete(key)
    return Promise.resolve()
  }

  setStanding = (roomId: string, personId: string, standing: Standing | null): Promise<void> => {
    if (standing === null) this.#standings.get(roomId)?.delete(personId)
    else this.#standings.get(roomId)?.set(personId, standing)
    return Promise.resolve()
  }

  answerTo = ({ personId, requestId }: RoomRequest): Promise<string | undefined> =>
    Promise.resolve(this.#requests.get(JSON.stringify({ personId, requestId }))?.roomId)

  addPerson = async (person: KnownPerson, deviceHash: Uint8Array): Promise<void> => {
    const { personId, nameKey } = person
    const others = [...this.#people.values()]
    await this.#unique(others, each => each.personId === personId || each.nameKey === nameKey)
    await this.#unique(others, each => Buffer.from(each.deviceHash).equals(deviceHash))
    this.#people.set(personId, { ...person, deviceHash })
  }

  renamePerson = async ({ personId, name, nameKey }: KnownPerson): Promise<void> => {
    const others = [...this.#people.values()].filter(each => each.personId !== personId)
    await this.#unique(others, each => each.nameKey === nameKey)
    this.#change(personId, { name, nameKey })
  }

  giveKey = (personId: string, deviceHash: Uint8Array): Promise<void> => {
    this.#change(personId, { deviceHash })
    return Promise.resolve()
  }

  freeName = (personId: string): Promise<void> => {
    this.#change(personId, { nameKey: null })
    return Promise.resolve()
  }

  #change(personId: string, change: Partial<Person>): void {
    const person = this.#people.get(personId)
    if (person) this.#people.set(personId, { ...person, ...change })
  }

  #unique<Each>(others: readonly Each[], isSame: (each: Each) => boolean): Promise<void> {
    return others.some(isSame) ? Promise.reject(new Error('there is one already')) : Promise.resolve()
  }
}
