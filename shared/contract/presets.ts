/** Profiles to begin with, for the servers that people run. */
import { profileOf, type Profile, type ProfileInput } from './profile.ts'

const spring = (prefix: string, broker: string): ProfileInput => ({
  rooms: {
    subscribe: [`${broker}/chat/room/{roomId}`],
    send: `${prefix}/chat/message`,
  },
  body: { send: '{"type":"TALK","roomId":{roomId},"sender":{user},"message":{text}}' },
})

const rabbitRooms = { subscribe: ['/topic/{roomId}'], send: '/topic/{roomId}' }

const inputs = {
  stompbox: {},
  'spring-app-topic': {
    rooms: {
      subscribe: ['/topic/{roomId}'],
      send: '/app/chat.sendMessage',
      join: { destination: '/app/chat.addUser', body: '{"sender":{user},"type":"JOIN"}' },
      source: { from: 'list', rooms: [{ id: 'public', name: 'public' }] },
    },
    body: { send: '{"sender":{user},"content":{text},"type":"CHAT"}' },
  },
  'spring-pub-sub': spring('/pub', '/sub'),
  'spring-user-queue': {
    own: [{ destination: '/user/queue/errors', name: 'Errors', as: 'notices' }],
    rooms: { subscribe: ['/user/queue/messages'], send: '/app/chat' },
    body: {
      // Of sender and recipient, the other person.
      room: ['senderId', 'recipientId'],
      send: '{"senderId":{userId},"recipientId":{roomId},"content":{text}}',
    },
  },
  'rabbitmq-stream': {
    connect: { virtualHost: '/' },
    rooms: rabbitRooms,
    frames: { durable: { broker: 'rabbitmq-stream', name: 'chat.{roomId}' } },
  },
  rabbitmq: { connect: { virtualHost: '/' }, rooms: rabbitRooms },
  activemq: { rooms: rabbitRooms },
  artemis: {
    rooms: rabbitRooms,
    frames: {
      subscribe: [{ name: 'subscription-type', value: 'MULTICAST' }],
      send: [{ name: 'destination-type', value: 'MULTICAST' }],
    },
  },
  custom: {},
} satisfies Record<string, ProfileInput>

/** The names of the presets; each has a sentence in the form. */
export type PresetName = keyof typeof inputs

/** @returns the profile of a preset. */
export const presetOf = (name: PresetName): Profile => profileOf(inputs[name])

export const presetNames = Object.keys(inputs) as PresetName[]
