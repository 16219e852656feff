/** Tells who is connected to the host, at whichever of its nodes. */
import type { StoredRoom } from './directory.ts'

export interface PresentPerson {
  personId: string
  /** As the person is called now. */
  name: string
}

/** Answers may be a moment old. */
export interface Presence {
  /** @returns everybody who is connected, each once. */
  everybody(): Promise<readonly PresentPerson[]>
  /** @returns everybody who hears the messages of this room, each once. */
  readers(room: Pick<StoredRoom, 'roomId' | 'kind'>): Promise<readonly PresentPerson[]>
  isConnected(personId: string): Promise<boolean>
}
