/** The first screen. */
export const firstRun = {
  motto: 'Chat on your own network.',
  mottoText: 'Turn this computer into a chat server, or connect to any STOMP server. No cloud, no account.',
  name: 'Your name',
  nameHint: 'Shown next to your messages. You can change it later.',
  nameMissing: 'Enter your name first.',
  begin: 'How do you want to start?',
  host: 'Host a chat here',
  hostText: 'This computer becomes the chat server. People on your network join with a link or a QR code.',
  hosting: 'Starting…',
  /** The usual port was in use. */
  portTaken: 'Another program uses port {{port}}, so your box uses port {{used}}.',
  join: 'Join with a link',
  joinText: 'For an invitation link or a QR code that someone has shared.',
  connect: 'Connect to a server',
  connectText: 'RabbitMQ, ActiveMQ, Artemis, Spring, or another Stompbox.',
  otherLanguage: '한국어로 보기',
  /** Name of the box, until it gets another. */
  boxName: '{{- name}}’s box',
} as const
