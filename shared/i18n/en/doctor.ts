import type { CertificateFault, FactTerm, Finding, StepName, StepOutcome } from '../../contract/doctor.ts'
import type { ErrorCode } from '../../contract/errors.ts'

/** The check of a connection, step by step. */
export const doctor = {
  why: 'Why?',
  check: 'Check the connection',
  title: 'Connection to {{name}}',
  text: 'Stompbox checks each step on the way to {{address}}.',
  steps: 'Steps of the check',
  running: 'Checking…',
  allPassed: 'Everything works.',
  allPassedButTest: 'Everything works up to here.',
  failedAt: 'It fails here: {{step}}.',
  unchecked: 'Not reached',
  again: 'Check again',
  copy: 'Copy report',
  copied: 'The report was copied. It contains no passcodes or tokens.',
  took: '{{ms}} ms',
  testText: 'This is a connection test.',
  step: {
    dns: 'Name',
    tcp: 'Port',
    tls: 'Encryption',
    upgrade: 'WebSocket',
    connect: 'Sign-in',
    subscribe: 'Subscription',
    echo: 'Test message',
  } satisfies Record<StepName, string>,
  outcome: {
    passed: 'passed',
    warned: 'works, with a remark',
    failed: 'failed',
    skipped: 'skipped',
  } satisfies Record<StepOutcome, string>,
  fact: {
    address: 'Address',
    tried: 'Tried',
    error: 'Error',
    proxy: 'System proxy',
    protocol: 'Protocol',
    subject: 'Issued to',
    issuer: 'Issued by',
    names: 'Valid for',
    valid: 'Valid',
    wrong: 'Problem',
    fingerprint: 'SHA-256',
    expected: 'Expected',
    status: 'Answer',
    header: 'Header',
    body: 'Text',
    version: 'STOMP',
    server: 'Server',
    heartBeat: 'Heart-beat',
    login: 'Login',
    virtualHost: 'Virtual host',
    message: 'Message',
    close: 'Closed',
    destination: 'Destination',
  } satisfies Record<FactTerm, string>,
  wrong: {
    changed: 'not the pinned certificate',
    selfSigned: 'self-signed',
    unknown: 'unknown authority',
    expired: 'expired',
    early: 'not valid yet',
    otherName: 'made for another name',
  } satisfies Record<CertificateFault, string>,
  cure: {
    useAddress: 'Use {{url}}',
    trustCertificate: 'Trust this certificate',
    openPage: 'Open {{url}}',
    editServer: {
      url: 'Edit server',
      passcode: 'Change passcode',
      token: 'Edit token',
      virtualHost: 'Edit virtual host',
      destinations: 'Edit destinations',
    },
    changeName: 'Change name',
    sendTest: 'Send a test message to {{room}}',
  },
  problem: {
    'proxy-needed':
      '{{host}} can’t be reached directly. This computer uses the proxy {{proxy}}, which Stompbox does not go through. Ask the administrator of your network to allow direct connections to {{host}}.',
    'tls-missing':
      '{{host}} does not speak TLS. A ws:// address works there, but the connection is not encrypted.',
    'tls-failed':
      '{{host}} broke off the TLS handshake ({{message}}). Check the port, or ask its administrator.',
    'tls-required': '{{host}} only accepts encrypted connections. Its address has to begin with wss://.',
    'certificate-self-signed':
      'The certificate of {{host}} is self-signed, so nobody vouches for it. Compare its fingerprint with the one that its administrator tells you, then trust it.',
    'certificate-unknown':
      'The certificate of {{host}} comes from an authority that this computer does not know. Compare its fingerprint with the one that its administrator tells you, then trust it.',
    'certificate-expired':
      'The certificate of {{host}} has expired. Ask its administrator to renew it. Trust it only if they confirm its fingerprint.',
    'certificate-early':
      'The certificate of {{host}} is not valid yet. Check the date and time of this computer.',
    'certificate-other-name':
      'The certificate of {{host}} was made for another name. Use one of the names below as the address, or trust this certificate.',
    'certificate-changed':
      '{{host}} shows a different certificate from the one you trust, so Stompbox sent it nothing. Trust the new one only if its administrator confirms its fingerprint.',
    'sockjs-found':
      'This is a SockJS endpoint. Stompbox uses its WebSocket at {{url}}; with that address it connects faster.',
    'path-other': 'There is no WebSocket at this path, but there is one at {{url}}.',
    'path-unknown':
      '{{host}} has nothing at {{path}}. Ask its administrator for the path of the STOMP endpoint.',
    'web-page': '{{host}} shows an ordinary web page at {{path}}. The STOMP endpoint has another path.',
    'captive-portal':
      'Every address leads to a web page. If your network asks you to sign in, as in a hotel, sign in first; otherwise {{host}} is not a STOMP server.',
    redirected:
      '{{host}} redirects to {{to}}. Stompbox does not follow redirects, because it would send your passcode there. Use that address if you trust it.',
    'sign-in-needed': '{{host}} wants you to sign in first, at {{to}}.',
    'token-needed': '{{host}} wants a token. Ask its administrator for one, and save it with the server.',
    'proxy-sign-in':
      'A proxy on the way to {{host}} wants you to sign in. Ask the administrator of your network.',
    'upgrade-removed':
      'A proxy or gateway in front of {{host}} does not let WebSockets through. Its administrator has to pass on the headers Upgrade and Connection.',
    'gateway-down':
      'A gateway answers at {{host}}, but the server behind it does not (HTTP {{status}}). Try again later.',
    'server-silent':
      '{{host}} accepts the connection, then says nothing. Check the port, or try again later.',
    'subprotocol-missing': 'The server does not name STOMP as its subprotocol. Stompbox connects anyway.',
    'subscription-silent': '{{host}} does not confirm subscriptions, so this can’t be checked further.',
    'subscription-refused':
      '{{host}} refuses the subscription: {{message}}. Check the destinations of the server.',
    'subscription-not-tried': 'Not tried: a second subscription would take messages away from the first.',
    'room-missing': 'Not tried, because you are in no room of this server.',
    'test-not-sent': 'Not tried, because everybody in {{room}} would see the message.',
    'test-refused': '{{host}} refuses the message: {{message}}. Check the destinations of the server.',
    'echo-missing':
      'The message was sent, but did not come back to {{room}}. The destination for sending probably does not lead to the one for subscribing.',
  } satisfies Record<Finding, string> & Partial<Record<ErrorCode, string>>,
} as const
