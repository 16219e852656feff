/**
 * The minimum of STOMP that the load client needs: frames are recognised by one letter, and nothing is checked. Plain
 * JavaScript, because it runs in the bare server, in Bun, and in the Node of uWebSockets, which does not support
 * TypeScript.
 */
import { Buffer } from 'node:buffer'

export const connected = 'CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0'
export const receipt = 'RECEIPT\nreceipt-id:r\n\n\0'

/** @param {Buffer} frame */
export const isConnect = frame => frame[0] === 0x43

/** @param {Buffer} frame */
export const isSubscribe = frame => frame[1] === 0x55

/**
 * @param {Buffer} frame
 * @param {string} name
 * @returns {string | null} the header's value; null if the frame lacks it
 */
export const headerOf = (frame, name) => {
  const start = frame.indexOf(`\n${name}:`)
  if (start < 0) return null
  const value = start + name.length + 2
  return frame.toString('latin1', value, frame.indexOf('\n', value))
}

let messages = 0

/**
 * @param {Buffer} send a SEND
 * @param {string} destination where it goes
 * @returns {Buffer} the MESSAGE that every subscriber gets, the same for all of them
 */
export const messageOf = (send, destination) => {
  const blank = send.indexOf('\n\n')
  const length = send.length - blank - 3
  const head = `MESSAGE\nsubscription:0\nmessage-id:${++messages}\ndestination:${destination}\ncontent-length:${length}\n\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), send.subarray(blank + 2)])
}
