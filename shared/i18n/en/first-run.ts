/** The first screen. */
export const firstRun = {
  motto: 'A chat broker in a box.',
  mottoText: 'It runs on this computer, speaks STOMP, and needs no cloud.',
  name: 'Your name',
  nameHint: 'Others see it beside your messages. You can change it later.',
  nameMissing: 'Write your name first.',
  begin: 'Then choose how to begin',
  host: 'Host a chat here',
  hostText: 'This computer becomes the box. Open it to your network whenever you like.',
  hosting: 'Switching the box on…',
  connect: 'Connect to a server',
  connectText: 'RabbitMQ, ActiveMQ, Artemis, or another Stompbox.',
  otherLanguage: '한국어로 보기',
  /** Name of the box, until it gets another. */
  boxName: '{{name}}’s box',
} as const
