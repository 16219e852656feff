/**
 * Files over HTTP: uploads by the core protocol of tus 1.0 (https://tus.io/protocols/resumable-upload), which can go on
 * where they were cut; downloads with GET, whole or a range (RFC 9110, 14).
 */
import type { IncomingMessage } from 'node:http'
import { limits } from '../../../shared/protocol/limits.ts'
import type { HttpAnswer, HttpHandler, KeepOpen } from '../../broker/transport/http-handlers.ts'
import type { HostLog } from '../ports/options.ts'
import type { FileRecord } from '../ports/file-records.ts'
import type { Contents } from './contents.ts'
import type { Files } from './files.ts'
import { rangeOf } from './range.ts'
import type { Grant, Tokens } from './tokens.ts'

/** The path of all files; an id follows. */
export const filesPath = '/files/'

const tusVersion = '1.0.0'
const tus = { 'tus-resumable': tusVersion, 'cache-control': 'no-store' }

interface FileHandlerOptions {
  files: Files
  contents: Contents
  tokens: Tokens
  /** @returns whether the person may read the room now. */
  mayRead: (roomId: string, personId: string) => boolean
  log: HostLog
}

const text = (status: number, body: string): HttpAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
  headers: tus,
})

/** RFC 5987, 3.2: the name in UTF-8, percent-encoded. */
const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const download = (
  record: FileRecord,
  contents: Contents,
  { headers, method }: IncomingMessage,
): HttpAnswer => {
  const { fileId, size, type, name, sha256 } = record
  if (type === null || sha256 === null) return text(404, 'This file is not whole yet.')
  const range = rangeOf(headers.range, size)
  const common = {
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    // A browser saves it, and never shows it as a page of this host.
    'content-disposition': `attachment; filename*=UTF-8''${encodedName(name)}`,
    etag: `"${sha256}"`,
  }
  if (range === 'unsatisfiable')
    return { ...text(416, 'The file has no such bytes.'), headers: { 'content-range': `bytes */${size}` } }
  const length = range ? range.last - range.first + 1 : size
  return {
    status: range ? 206 : 200,
    type,
    body: method === 'HEAD' ? '' : contents.read(fileId, range),
    headers: {
      ...common,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
    },
  }
}

/** @returns the handler of {@link filesPath}. */
export const fileHandler = (options: FileHandlerOptions): HttpHandler => {
  const { files, contents, tokens, mayRead, log } = options
  /** Uploads that are being received, by the id of the file. */
  const running = new Map<string, { request: IncomingMessage; ended: Promise<unknown> }>()

  const granted = ({ headers, url = '' }: IncomingMessage): (Grant & { record: FileRecord }) | null => {
    const [, token = ''] = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? '') ?? []
    const grant = tokens.read(token)
    const [path] = url.split('?', 1)
    if (!grant || path !== `${filesPath}${grant.fileId}`) return null
    const record = files.find(grant.fileId)
    return record && mayRead(record.roomId, grant.personId) ? { ...grant, record } : null
  }

  /** A request whose connection is half dead would hold the file: the newest request of its sender takes over. */
  const takeOver = async (fileId: string): Promise<void> => {
    for (let earlier = running.get(fileId); earlier; earlier = running.get(fileId)) {
      earlier.request.destroy()
      await earlier.ended
    }
  }

  const receive = async (record: FileRecord, request: IncomingMessage): Promise<HttpAnswer> => {
    const { fileId, size } = record
    const offset = await contents.received(fileId)
    if (request.headers['upload-offset'] !== String(offset))
      return text(409, `Upload-Offset must be ${offset}: that many bytes are here.`)
    if (offset + Number(request.headers['content-length'] ?? Infinity) > size)
      return text(413, `The file was announced with ${size} bytes.`)
    const finished = await contents.append(fileId, size, request)
    if (finished) files.finish(fileId, finished)
    const received = finished ? size : await contents.received(fileId)
    return {
      status: 204,
      type: 'text/plain',
      body: '',
      headers: { ...tus, 'upload-offset': String(received) },
    }
  }

  const upload = async (record: FileRecord, request: IncomingMessage): Promise<HttpAnswer> => {
    if (record.sha256 !== null) return text(409, `Upload-Offset must be ${record.size}: the file is whole.`)
    if (request.headers['content-type'] !== 'application/offset+octet-stream')
      return text(415, 'Send the bytes as application/offset+octet-stream.')
    await takeOver(record.fileId)
    const ended = Promise.withResolvers<undefined>()
    const own = { request, ended: ended.promise }
    running.set(record.fileId, own)
    try {
      return await receive(record, request)
    } catch (thrown) {
      log.info('upload cut', { fileId: record.fileId, error: String(thrown) })
      return text(500, 'The upload was cut: ask with HEAD where to go on.')
    } finally {
      running.delete(record.fileId)
      ended.resolve(undefined)
    }
  }

  const state = async (record: FileRecord): Promise<HttpAnswer> => {
    const { fileId, size, sha256 } = record
    const offset = sha256 === null ? await contents.received(fileId) : size
    const headers = { ...tus, 'upload-offset': String(offset), 'upload-length': String(size) }
    return { type: 'text/plain', body: '', headers }
  }

  const answer = (request: IncomingMessage, keepOpen: KeepOpen): HttpAnswer | Promise<HttpAnswer> => {
    const grant = granted(request)
    if (!grant) return text(403, 'This token is not valid for this file: SEND /app/file/open for a new one.')
    const { record, personId } = grant
    keepOpen()
    const isSender = record.senderId === personId
    if (request.method === 'GET') return download(record, contents, request)
    if (request.headers['tus-resumable'] !== tusVersion)
      return request.method === 'HEAD' && record.sha256 !== null
        ? download(record, contents, request)
        : { ...text(412, `Tus-Resumable must be ${tusVersion}.`), headers: { 'tus-version': tusVersion } }
    if (!isSender) return text(403, 'Only the sender of a file uploads it.')
    return request.method === 'HEAD' ? state(record) : upload(record, request)
  }

  return {
    path: `${filesPath}*`,
    methods: ['GET', 'PATCH'],
    limits: { bodyBytes: limits.size, atOnce: 64 },
    answer,
  }
}
