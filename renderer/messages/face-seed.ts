import type { Message } from '../../shared/contract/model.ts'

/**
 * @param person the name of the person in front of the window.
 * @returns what the hue of the face beside a message is made from: the own one is that on the rail, which knows no id, under whatever
 * name the message was sent.
 */
export const faceSeed = (
  { own, sender, senderId }: Pick<Message, 'own' | 'sender' | 'senderId'>,
  person: string | null,
): string => (own ? person : senderId) ?? sender
