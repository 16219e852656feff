/**
 * Prints `name=port` for each given name: consecutive free ports of 127.0.0.1. They lie below the range from which a
 * computer takes the ports of outgoing connections. Otherwise a client that reconnects while the server is down could
 * be given the server's own port.
 */
import { once } from 'node:events'
import { createServer } from 'node:net'

const [first, last] = [20_000, 31_000]

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const isFree = async port => {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

/**
 * @param {number} base
 * @param {number} count
 */
const areFree = async (base, count) => {
  for (let port = base; port < base + count; port++) if (!(await isFree(port))) return false
  return true
}

const names = process.argv.slice(2)
let base = first
do base = first + Math.floor(Math.random() * (last - first))
while (!(await areFree(base, names.length)))
names.forEach((name, at) => console.log(`${name}=${base + at}`))
