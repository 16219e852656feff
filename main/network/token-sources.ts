/** Where tokens come from: a program, or a login request. */
import { spawn } from 'node:child_process'
import { Failure, toAppError, type AppError } from '../../shared/contract/errors.ts'
import type { TokenSources } from '../../shared/core/ports.ts'
import { askWeb, patience } from './web-request.ts'

/** The longest answer, in UTF-16 units. */
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
  askWeb(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
    },
    body,
    server,
    longest: longestAnswer,
  }).catch((thrown: unknown) => {
    throw loginFailure(toAppError(thrown))
  })

/** The desktop's. */
export const tokenSources: TokenSources = { run, post }
