/** What a page asks for: served by the app's own schemes, or let through; moves to other pages are up to the app. */
import type { CdpSession, Protocol } from './cdp.ts'
import { handlerOf, servedAddresses, toApp } from './protocol.ts'

type Paused = Protocol.Fetch.requestPausedPayload

/** Decides whether the main frame may move to `url`. */
export type MayNavigate = (url: string, request: Paused) => boolean

const respond = async (session: CdpSession, paused: Paused, response: Response): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer())
  await session.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  })
}

const fail = async (
  session: CdpSession,
  { requestId }: Paused,
  errorReason: Protocol.Network.ErrorReason,
): Promise<void> => {
  await session.send('Fetch.failRequest', { requestId, errorReason })
}

const answer = async (session: CdpSession, paused: Paused, mayNavigate: MayNavigate): Promise<void> => {
  const { url: chromiumUrl, method, headers, postData } = paused.request
  const url = toApp(chromiumUrl)
  if (paused.resourceType === 'Document' && !mayNavigate(url, paused)) return fail(session, paused, 'Aborted')
  if (url === chromiumUrl) {
    await session.send('Fetch.continueRequest', { requestId: paused.requestId })
    return
  }
  const handler = handlerOf(url)
  // Chromium asks for an icon that Electron does not.
  if (!handler || url.endsWith('/favicon.ico')) return fail(session, paused, 'Aborted')
  const request = new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) })
  await respond(session, paused, await handler(request))
}

/** Starts serving the page behind `session`. */
export const servePage = async (session: CdpSession, mayNavigate: MayNavigate): Promise<void> => {
  session.on('Fetch.requestPaused', paused => {
    answer(session, paused, mayNavigate).catch((error: unknown) => {
      // A handler that throws is a failed request in Electron too; a page that is gone needs no answer.
      process.stderr.write(`Electron stand-in: ${paused.request.url}: ${String(error)}\n`)
      fail(session, paused, 'Failed').catch(() => undefined)
    })
  })
  await session.send('Fetch.enable', {
    patterns: [{ urlPattern: servedAddresses }, { urlPattern: '*', resourceType: 'Document' }],
  })
}
