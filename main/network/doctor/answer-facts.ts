/** What an HTTP answer says, as facts. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Fact } from '../../../shared/contract/doctor.ts'
import { shownAddress, withoutSecrets } from '../../../shared/text/secret-free.ts'
import type { Answer } from './ask.ts'
import { fact } from '../../../shared/core/doctor/found.ts'

/** Headers that tell something about the way, and hold no secret. */
const telling = [
  'server',
  'via',
  'x-powered-by',
  'content-type',
  'location',
  'www-authenticate',
  'proxy-authenticate',
  'upgrade',
  'connection',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'retry-after',
  'allow',
] as const

const headerFacts = (headers: IncomingHttpHeaders, secrets: readonly string[]): Fact[] =>
  telling.flatMap(name => {
    const value = headers[name]
    if (value === undefined) return []
    const shown = name === 'location' ? shownAddress(String(value)) : String(value)
    return [fact('header', `${name}: ${withoutSecrets(shown, secrets)}`)]
  })

/** @returns the title of a page, or else the beginning of a text; empty for anything else. */
const wordsOf = (body: string, type: string): string => {
  if (!/^text\/|json/i.test(type)) return ''
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]
  return (title ?? (isPage(body, type) ? '' : body)).trim().slice(0, 200)
}

/** @returns whether it is a web page. */
export const isPage = (body: string, type: string): boolean =>
  /\bhtml\b/i.test(type) || /^\s*(?:<!doctype html|<html)\b/i.test(body)

/** @param secrets what was sent, and may be repeated. */
export const factsOfAnswer = (answer: Answer, secrets: readonly string[]): Fact[] => {
  switch (answer.kind) {
    case 'upgraded':
      return [fact('status', '101 Switching Protocols'), ...headerFacts(answer.headers, secrets)]
    case 'answered': {
      const { status, words, headers, body } = answer
      const said = withoutSecrets(wordsOf(body, headers['content-type'] ?? ''), secrets)
      return [
        fact('status', `${status} ${withoutSecrets(words, secrets)}`),
        ...headerFacts(headers, secrets),
        ...(said === '' ? [] : [fact('body', said)]),
      ]
    }
    case 'failed':
      return [fact('error', answer.code)]
    case 'silent':
      return []
  }
}
