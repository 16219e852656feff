/** Tells which people are connected to the host, on any of its nodes. */
import type { StoredRoom } from './directory.ts'

export interface PresentPerson {
  personId: string
  /** The person's current name. */
  name: string
}

/** Answers may be outdated by a moment. */
export interface Presence {
  /** @returns all connected people, each once. */
  everybody(): Promise<readonly PresentPerson[]>
  /** @returns all people who receive the messages of this room, each once. */
  readers(room: Pick<StoredRoom, 'roomId' | 'kind'>): Promise<readonly PresentPerson[]>
  isConnected(personId: string): Promise<boolean>
}
