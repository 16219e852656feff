/** The first screen. */
export const firstRun = {
  motto: 'A chat broker in a box.',
  mottoText: 'It runs on this computer, speaks STOMP, and needs no cloud.',
  name: 'Your name',
  nameHint: 'Others see it beside your messages. You can change it later.',
  nameMissing: 'Write your name first.',
  begin: 'Then choose how to begin',
  host: 'Host a chat here',
  hostText: 'This computer becomes the box. People on your network come in with a link or a QR code.',
  hosting: 'Switching the box on…',
  join: 'Join with a link',
  joinText: 'Someone sent you an invitation, or shows a QR code.',
  connect: 'Connect to a server',
  connectText: 'RabbitMQ, ActiveMQ, Artemis, or another Stompbox.',
  otherLanguage: '한국어로 보기',
  /** Name of the box, until it gets another. */
  boxName: '{{name}}’s box',
} as const
