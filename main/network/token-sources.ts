/** Where tokens come from: a program, or a login request. */
import { spawn } from 'node:child_process'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { TLSSocket } from 'node:tls'
import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { TokenSources } from '../../shared/core/ports.ts'
import { showsCertificate } from './pinned-certificate.ts'
import { failureOfAnswer, failureToOpen } from './socket-failure.ts'
import { authorities } from './trust.ts'

/** Milliseconds that a program or a server has. */
const patience = 20_000
/** Bytes of an answer. */
const longestAnswer = 64 * 1024
/** Characters of a program's complaint that are shown. */
const longestComplaint = 500

const commandFailed = (message: string): Failure =>
  new Failure('token-command-failed', { message: message.trim().slice(-longestComplaint) })

const run: TokenSources['run'] = ([program = '', ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      shell: false,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    })
    let [output, complaint] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part
      if (output.length > longestAnswer) child.kill('SIGKILL')
    })
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      complaint = (complaint + part).slice(-longestComplaint)
    })
    child.once('error', error => reject(commandFailed(error.message)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(commandFailed(complaint.trim() || `${program}: ${code ?? signal ?? ''}`))
    })
  })

/** A refusal of the login request stops the retries; trouble on the way does not. */
const loginFailure = (failure: AppError): Failure => {
  const isRefusal =
    failure.code === 'access-refused' || failure.code === 'server-not-stomp' || failure.code === 'redirected'
  return isRefusal
    ? new Failure('token-login-failed', { ...failure.params, message: failure.detail ?? '' })
    : new Failure(failure.code, failure.params, failure.detail)
}

const post: TokenSources['post'] = (url, body, server) =>
  new Promise((resolve, reject) => {
    const address = new URL(url)
    const isSecure = address.protocol === 'https:'
    const { host } = new URL(server.url)
    const fingerprint = isSecure && address.host === host ? server.fingerprint : null
    const tls = fingerprint === null ? { ca: authorities() } : { rejectUnauthorized: false }
    const ask = isSecure ? requestHttps : requestHttp
    const reach = { address: null, connected: false, since: performance.now() }
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const request = ask(
      address,
      { ...tls, method: 'POST', headers, signal: AbortSignal.timeout(patience) },
      answer => {
        const { statusCode = 0 } = answer
        if (statusCode < 200 || statusCode > 299) {
          answer.destroy()
          reject(loginFailure(failureOfAnswer(answer, address.host)))
          return
        }
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          text += part
          if (text.length > longestAnswer) answer.destroy()
        })
        answer.on('error', () => undefined)
        answer.on('close', () => resolve(text))
      },
    )
    request.on('error', error =>
      reject(loginFailure(failureToOpen(error, new URL(url.replace(/^http/, 'ws')), reach))),
    )
    if (fingerprint === null) request.end(body)
    else
      // Nothing is sent before the certificate is known.
      request.once('socket', socket => {
        socket.once('secureConnect', () => {
          if (socket instanceof TLSSocket && showsCertificate(socket, fingerprint)) request.end(body)
          else request.destroy(new Failure('certificate-changed', { host: address.host }))
        })
      })
  })

/** The desktop's. */
export const tokenSources: TokenSources = { run, post }
