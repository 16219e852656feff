/** The field where messages are written. */
export const composer = {
  label: 'Message to #{{room}}',
  label_direct: 'Message to {{room}}',
  placeholder: 'Write to #{{room}}',
  placeholder_direct: 'Write to {{room}}',
  placeholderOffline: 'Write to #{{room}}. It is sent once you are connected',
  placeholderOffline_direct: 'Write to {{room}}. It is sent once you are connected',
  send: 'Send',
  typingOne: '{{first}} is typing',
  typingTwo: '{{first}} and {{second}} are typing',
  typingMore: 'Several people are typing',
  hintSend: 'send',
  hintBreak: 'new line',
  tooLong_one: '{{count}} character too long. Split it into several messages.',
  tooLong_other: '{{count}} characters too long. Split it into several messages.',
} as const
